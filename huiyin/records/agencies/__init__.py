"""The agencies, places and content classes of the county (机构、区划、内容分类)."""
