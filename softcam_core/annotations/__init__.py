"""What readers draw and say about cases: shapes, the study file, masks."""
