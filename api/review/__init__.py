"""What happens to a held question until a lawyer's answer is out; knows no web and no database."""
