import tests.test_permission_matrix as m

m.ROWS = [row for row in m.ROWS if row[0] in __import__("tests.policy.expo_floor").policy.expo_floor.ROWS]
from tests.test_permission_matrix import *  # noqa
from tests.world import made_fixture, world_fixture  # noqa
