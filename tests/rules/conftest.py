from tests import hypothesis_profile

hypothesis_profile.load()
