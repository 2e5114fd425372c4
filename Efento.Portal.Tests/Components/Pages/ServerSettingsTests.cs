using System.Net;
using Efento.Portal.Components.Pages.Overview;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class ServerSettingsTests
{
    [Fact]
    public void Page_OpenedByName_IsTheAddress() =>
        Assert.Equal(
            new ServerSettings("portal.example", 443, Tls: true, IsGuessed: false, IsLocalOnly: false),
            ServerSettings.Of(new Uri("https://portal.example/"), new Known(["http://localhost:5080"], "192.0.2.17")));

    [Fact]
    public void Page_OpenedAsLocalhost_GuessesTheMachinesAddress() =>
        Assert.Equal(
            new ServerSettings("192.0.2.17", 5080, Tls: false, IsGuessed: true, IsLocalOnly: false),
            ServerSettings.Of(new Uri("http://localhost:5080/"), new Known(["http://0.0.0.0:5080"], "192.0.2.17")));

    [Fact]
    public void Machine_WithoutNetwork_LeavesTheAddressOpen() =>
        Assert.Null(ServerSettings.Of(new Uri("http://localhost:5080/"), new Known(["http://*:5080"])).Address);

    [Theory]
    [InlineData(true, "http://localhost:5080")]
    [InlineData(true, "http://127.0.0.1:5080", "http://[::1]:5080")]
    [InlineData(false, "http://localhost:5080", "http://192.0.2.17:5080")]
    [InlineData(false, "http://[::]:5080")]
    [InlineData(false, "http://+:5080")]
    public void Portal_ListeningOnItsMachineOnly_IsTold(bool expected, params string[] listening) =>
        Assert.Equal(expected, ServerSettings.Of(new Uri("http://localhost:5080/"), new Known(listening, "192.0.2.17")).IsLocalOnly);

    private sealed class Known(string[] listening, params string[] own) : ServerAddresses(null!)
    {
        public override IReadOnlyCollection<string> Listening => listening;

        public override IReadOnlyList<IPAddress> Own => [.. own.Select(IPAddress.Parse)];
    }
}
