"""What training runs say while they work: curves, maps, a list, comparisons. Free of torch."""
