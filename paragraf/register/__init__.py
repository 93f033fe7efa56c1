"""The register: matters with register numbers, documents as frozen bytes with SHA-256."""
