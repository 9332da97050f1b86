"""One understander for all tests: it is made in 0.2 s and never changes."""

from __future__ import annotations

import pytest

from classifiers.places.finding import Gazetteer, HouseholdEntry, LaneEntry
from classifiers.understand import Understander

LANES = (
    LaneEntry(
        "a1",
        "东胡同",
        ("卫生室后头那条",),
        ("和平村", "和平", "示例镇"),
        "中心街 1-39 单; 幸福里(幸福小区) 3号楼、4号楼1-2单元",
        34.7500,
        113.6000,
    ),
    LaneEntry(
        "a2",
        "三道街",
        ("老三街",),
        ("和平村", "和平", "示例镇"),
        "中心街 2-40 双; 幸福里 4号楼3-4单元",
        34.7520,
        113.6010,
    ),
    LaneEntry("b1", "三道街", (), ("前进村", "示例镇"), "石佛路 12、14、18-22", 34.7600, 113.6200),
    LaneEntry("b2", "西胡同", (), ("前进村", "示例镇"), "", 34.7630, 113.6200),
    LaneEntry("c1", "南巷", (), ("单独村", "示例镇"), "棉纺厂宿舍(棉纺厂家属院) 一排、二排"),
)
HOUSEHOLDS = (HouseholdEntry("和平村中心街88号", "a2"), HouseholdEntry("幸福里9号楼1单元501", "a1"))


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer(LANES, HOUSEHOLDS)


@pytest.fixture(scope="session")
def understander(gazetteer: Gazetteer) -> Understander:
    made = Understander(gazetteer)
    made.prepare()
    return made
