using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Gateways;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the page of a gateway lets people do.</summary>
internal static class GatewayActions
{
    private static readonly Subject Gateway = new("gateway", async portal => Assert.Equal(201, (await portal.Client.BeatAsync(Some.Heartbeat("282C00000001"))).Status));

    public static IReadOnlyList<PageAction> All { get; } =
    [
        new(typeof(GatewayFacts), $"{nameof(GatewayNaming)}.{nameof(GatewayNaming.RenameAsync)}", Gateway, async scene =>
        {
            var gateway = Assert.Single(await scene.Portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything));
            var facts = scene.Open<GatewayFacts>("gateways/1", page => page.Add(p => p.Gateway, gateway));
            var asked = await scene.AskAsync(ActionScene.Message(facts.FindComponent<MudButton>()));
            await scene.FillAsync("Name", "Cellar");
            return scene.Button("Save", asked);
        })
        {
            Policy = Policies.Operate,
        },
    ];
}
