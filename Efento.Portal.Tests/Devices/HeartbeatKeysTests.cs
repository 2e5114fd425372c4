using Efento.Portal.Devices;

namespace Efento.Portal.Tests.Devices;

public sealed class HeartbeatKeysTests
{
    [Fact]
    public void Flatten_NestedJson_NamesEveryKey() =>
        Assert.Equal(
            ["serial=282C", "net.ip=10.0.0.1", "net.dns[0]=a", "net.dns[1]=b", "battery=99.5", "usb=true", "sim=null", "list=[]"],
            Flat("""{"serial":"282C","net":{"ip":"10.0.0.1","dns":["a","b"]},"battery":99.5,"usb":true,"sim":null,"list":[]}"""));

    [Theory]
    [InlineData("no json")]
    [InlineData("")]
    public void Flatten_NoJson_IsEmpty(string text) => Assert.Empty(Flat(text));

    [Fact]
    public void Flatten_TextThatIsNoText_IsShownAsSent() =>
        Assert.Equal([@"\ud800=""\udc00"""], Flat("""{"\ud800":"\udc00"}"""));

    [Fact]
    public void Flatten_ManyKeys_ListsTheFirst() =>
        Assert.Equal(HeartbeatKeys.Most, Flat($"[{string.Join(',', Enumerable.Range(0, 2 * HeartbeatKeys.Most))}]").Count());

    private static IEnumerable<string> Flat(string json) => HeartbeatKeys.Flatten(json).Select(k => $"{k.Key}={k.Value}");
}
