"""WeChat official account and 企业微信: their callbacks in, our replies out."""
