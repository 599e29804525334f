"""What every generated paper says about itself, to the eye and in its properties."""

LABEL = "本文书由人工智能辅助生成，请逐项核对后再签名递交"
TRACE = "AI生成内容；生成者：问法"
