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
    private static readonly Subject Gateway = new(
        "gateway", async portal => Assert.Equal(201, (await portal.Client.BeatAsync(Some.Heartbeat("282C00000001"))).Status));

    private static readonly Subject Retired = new("retired gateway", async portal =>
    {
        await Gateway.ArrangeAsync(portal);
        await portal.Get<GatewayRetirement>().RetireAsync(SiteScope.Everything, Actor.Command, new Seen(1, 0), "test");
    });

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
        new(typeof(GatewayUse), $"{nameof(GatewayRetirement)}.{nameof(GatewayRetirement.RetireAsync)}", Gateway, async scene =>
        {
            var asked = await scene.AskAsync(ActionScene.Message((await UseAsync(scene)).FindComponent<MudButton>()));
            await scene.FillAsync("Why", "replaced");
            return scene.Button("Retire", asked);
        }),
        new(typeof(GatewayUse), $"{nameof(GatewayRetirement)}.{nameof(GatewayRetirement.BringBackAsync)}", Retired, async scene =>
            ActionScene.Message((await UseAsync(scene)).FindComponent<MudButton>())),
    ];

    private static async Task<IRenderedComponent<GatewayUse>> UseAsync(ActionScene scene)
    {
        var gateway = (await scene.Portal.Get<GatewayQuery>().FindAsync(SiteScope.Everything, 1))!.Overview;
        return scene.Open<GatewayUse>("gateways/1", page => page.Add(p => p.Gateway, gateway));
    }
}
