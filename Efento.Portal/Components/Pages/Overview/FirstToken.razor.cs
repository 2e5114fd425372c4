using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>Issues the token of the first gateway.</summary>
public sealed partial class FirstToken
{
    private string _name = OverviewText.FirstName;
    private IReadOnlyList<string> _faults = [];
    private bool _isBusy;

    /// <summary>The token; null before it is issued.</summary>
    [Parameter]
    public IssuedToken? Issued { get; set; }

    /// <summary>Called when it was issued.</summary>
    [Parameter]
    public EventCallback<IssuedToken> OnIssued { get; set; }

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private TokenIssuer Issuer { get; set; } = null!;

    private static string FromSource => "dotnet run --project Efento.Portal -- tokens add --name \"Gateway 1\"";

    private static string FromRelease => "dotnet Efento.Portal.dll tokens add --name \"Gateway 1\"";

    private async Task IssueAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        _faults = await Person.TryAllAsync(Policies.Administer, async actor =>
        {
            var outcome = await Issuer.IssueGatewayTokenAsync(actor, new GatewayTokenDraft { Name = _name });
            if (outcome.Issued is { } issued)
            {
                await OnIssued.InvokeAsync(issued);
            }

            return outcome.Faults;
        });
        _isBusy = false;
    }
}
