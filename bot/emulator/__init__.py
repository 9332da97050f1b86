"""WeChat and WeCom as servers on the wire, with a page to play them."""
