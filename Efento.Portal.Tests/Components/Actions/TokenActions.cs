using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Admin.Tokens;
using Efento.Portal.Components.Pages.Overview;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the page of the tokens lets people do. Each portal under test has a token of each kind.</summary>
internal static class TokenActions
{
    private static readonly Subject Gateway = new("gateway token", _ => Task.CompletedTask);
    private static readonly Subject Program = new("API token", _ => Task.CompletedTask);

    public static IReadOnlyList<PageAction> All { get; } =
    [
        Of<GatewayTokenDialog>(nameof(TokenIssuer.IssueGatewayTokenAsync), Subject.New(), async scene =>
        {
            var page = scene.Open<TokensPage>("admin/tokens");
            await scene.AskAsync(() => page.FindComponent<RejectedSenders>().Instance.Issue.InvokeAsync(null));
            await scene.FillAsync("Name", "Ward 2");
            return scene.Button("Issue the token");
        }),
        Of<FirstToken>(nameof(TokenIssuer.IssueGatewayTokenAsync), Subject.New(), scene =>
            Task.FromResult(ActionScene.Message(scene.Open<FirstToken>("").FindComponent<MudButton>()))),
        Of<GatewayTokenDialog>(nameof(TokenIssuer.EditGatewayTokenAsync), Gateway, async scene =>
        {
            var tokens = OfGateways(scene);
            await scene.AskAsync(() => tokens.Edit.InvokeAsync(tokens.Rows[0].Token));
            await scene.FillAsync("Name", "Ward 2");
            return scene.Button("Save");
        }),
        Of<RotateTokenDialog>(nameof(TokenIssuer.RotateGatewayTokenAsync), Gateway, async scene =>
        {
            var tokens = OfGateways(scene);
            await scene.AskAsync(() => tokens.Rotate.InvokeAsync(tokens.Rows[0]));
            return scene.Button("Issue the new token");
        }),
        Of<RevokeTokenDialog>(nameof(TokenIssuer.RevokeGatewayTokenAsync), Gateway, async scene =>
        {
            var tokens = OfGateways(scene);
            await scene.AskAsync(() => tokens.Revoke.InvokeAsync(tokens.Rows[0].Token));
            await scene.FillAsync("Why", "stolen");
            return scene.Button("Revoke");
        }),
        Of<ProgramTokenDialog>(nameof(TokenIssuer.IssueApiTokenAsync), Subject.New(), async scene =>
        {
            var page = scene.Open<TokensPage>("admin/tokens?for=programs");
            await scene.AskAsync(ActionScene.Message(page.FindComponents<MudButton>()[0]));
            await scene.FillAsync("Name", "Report");
            return scene.Button("Issue the token");
        }),
        Of<ProgramTokenDialog>(nameof(TokenIssuer.EditApiTokenAsync), Program, async scene =>
        {
            var tokens = OfPrograms(scene);
            await scene.AskAsync(() => tokens.Edit.InvokeAsync(tokens.Tokens[0]));
            await scene.FillAsync("Name", "Report");
            return scene.Button("Save");
        }),
        Of<RevokeTokenDialog>(nameof(TokenIssuer.RevokeApiTokenAsync), Program, async scene =>
        {
            var tokens = OfPrograms(scene);
            await scene.AskAsync(() => tokens.Revoke.InvokeAsync(tokens.Tokens[0]));
            await scene.FillAsync("Why", "stolen");
            return scene.Button("Revoke");
        }),
    ];

    private static PageAction Of<T>(string method, Subject subject, Func<ActionScene, Task<Func<Task>>> prepare) =>
        new(typeof(T), $"{nameof(TokenIssuer)}.{method}", subject, prepare);

    private static GatewayTokens OfGateways(ActionScene scene) =>
        scene.Open<TokensPage>("admin/tokens").FindComponent<GatewayTokens>().Instance;

    private static ProgramTokens OfPrograms(ActionScene scene) =>
        scene.Open<TokensPage>("admin/tokens?for=programs").FindComponent<ProgramTokens>().Instance;
}
