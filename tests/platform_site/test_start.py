def test_health(client):
    assert client.get("/healthz").status_code == 200


def test_cast(shen, guo, client):
    client.force_login(guo)
    assert guo.groups.count() == 1
