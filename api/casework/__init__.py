"""What a resident leaves with: a place that is open, a paper to file, an application, an order."""
