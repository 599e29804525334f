"""Full names of the laws the rules cite."""

CIVIL_CODE = "中华人民共和国民法典"
LABOUR_LAW = "中华人民共和国劳动法"
LABOUR_CONTRACT = "中华人民共和国劳动合同法"
LABOUR_ARBITRATION = "中华人民共和国劳动争议调解仲裁法"
