"""Full names of the laws the rules cite, and the day the civil code came into force."""

from datetime import date

CIVIL_CODE = "中华人民共和国民法典"
LABOUR_LAW = "中华人民共和国劳动法"
LABOUR_CONTRACT = "中华人民共和国劳动合同法"
LABOUR_ARBITRATION = "中华人民共和国劳动争议调解仲裁法"
CIVIL_PROCEDURE = "中华人民共和国民事诉讼法"
ROAD_SAFETY = "中华人民共和国道路交通安全法"
CRIMINAL_PROCEDURE = "中华人民共和国刑事诉讼法"
ADMIN_LITIGATION = "中华人民共和国行政诉讼法"
ADMIN_REVIEW = "中华人民共和国行政复议法"
LAND_ARBITRATION = "中华人民共和国农村土地承包经营纠纷调解仲裁法"
INSURANCE = "中华人民共和国保险法"
PRODUCT_QUALITY = "中华人民共和国产品质量法"
STATE_COMPENSATION = "中华人民共和国国家赔偿法"
SOCIAL_INSURANCE = "中华人民共和国社会保险法"

# Regulations and interpretations: held only where the operator imported them.
LABOUR_CONTRACT_RULES = "劳动合同法实施条例"
WAGE_PAYMENT = "工资支付暂行规定"
ANNUAL_LEAVE_RULES = "企业职工带薪年休假实施办法"
TRAFFIC_PROCEDURE = "道路交通事故处理程序规定"
WORK_INJURY = "工伤保险条例"
LABOUR_INTERPRETATION = "最高人民法院关于审理劳动争议案件适用法律问题的解释（一）"

COURT_FEES = "诉讼费用交纳办法"
ARBITRATION_FEES = "仲裁委员会仲裁收费办法"
COMPULSORY_INSURANCE = "机动车交通事故责任强制保险条例"
CIVIL_PROCEDURE_INTERPRETATION = "最高人民法院关于适用《民事诉讼法》的解释"
CIVIL_CODE_TIMING = "最高人民法院关于适用《民法典》时间效力的若干规定"
CONTRACT_INTERPRETATION = "最高人民法院关于适用《民法典》合同编通则若干问题的解释"
OLD_CONTRACT_INTERPRETATION = "最高人民法院关于适用《合同法》若干问题的解释（二）"
OLD_SECURITY_INTERPRETATION = "最高人民法院关于适用《担保法》若干问题的解释"
FAMILY_INTERPRETATION = "最高人民法院关于适用《民法典》婚姻家庭编的解释（一）"
INHERITANCE_INTERPRETATION = "最高人民法院关于适用《民法典》继承编的解释（一）"
PRIVATE_LENDING = "最高人民法院关于审理民间借贷案件适用法律若干问题的规定"
PERSONAL_INJURY = "最高人民法院关于审理人身损害赔偿案件适用法律若干问题的解释"
MORAL_DAMAGES = "最高人民法院关于确定民事侵权精神损害赔偿责任若干问题的解释"
TRAFFIC_DAMAGES = "最高人民法院关于审理道路交通事故损害赔偿案件适用法律若干问题的解释"

CODE_STARTS = date(2021, 1, 1)  # 民法典 第一千二百六十条
