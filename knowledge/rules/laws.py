"""Full names of the laws the rules cite."""

CIVIL_CODE = "中华人民共和国民法典"
LABOUR_LAW = "中华人民共和国劳动法"
LABOUR_CONTRACT = "中华人民共和国劳动合同法"
LABOUR_ARBITRATION = "中华人民共和国劳动争议调解仲裁法"
SOCIAL_INSURANCE = "中华人民共和国社会保险法"

# Regulations and interpretations: held only where the operator imported them.
LABOUR_CONTRACT_RULES = "劳动合同法实施条例"
WAGE_PAYMENT = "工资支付暂行规定"
ANNUAL_LEAVE_RULES = "企业职工带薪年休假实施办法"
WORK_INJURY = "工伤保险条例"
LABOUR_INTERPRETATION = "最高人民法院关于审理劳动争议案件适用法律问题的解释（一）"
