using Efento.Portal.Components.Pages.Gateways;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What changes a name or a note is confirmed, although the page looks much the same afterwards.</summary>
public sealed class ConfirmationTests
{
    private static readonly Type[] Places = [typeof(PointFacts), typeof(GatewayFacts), typeof(EventList)];

    private static readonly string[] Words = [">Saved<", ">Note saved<", ">Note deleted<"];

    public static TheoryData<string> Actions => [.. PageActions.All.Where(a => Places.Contains(a.Component)).Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task NameOrNote_Changed_IsConfirmed(string name)
    {
        var action = PageActions.Of(name);
        await using var portal = await ActionPortal.StartAsync(action.Subject);
        await using var scene = await ActionScene.SetAsync(portal);
        var send = await action.PrepareAsync(scene);
        scene.ForgetNotices();

        await send();

        await Until.TrueAsync(() => Words.Any(word => scene.Said.Contains(word, StringComparison.Ordinal)));
    }
}
