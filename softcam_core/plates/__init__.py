"""Figures of explanations for print: plain values in, PNG, SVG or PDF and a caption out."""
