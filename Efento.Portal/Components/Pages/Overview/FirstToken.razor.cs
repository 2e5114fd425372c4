using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Ingest;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>Issues the token of the first gateway in place.</summary>
public sealed partial class FirstToken
{
    private string _name = OverviewText.FirstName;
    private IReadOnlyList<string> _faults = [];
    private bool _isBusy;

    /// <summary>The token; null before it is issued.</summary>
    [Parameter]
    public IssuedToken? Issued { get; set; }

    /// <summary>It was issued.</summary>
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
        try
        {
            var outcome = await Issuer.IssueGatewayTokenAsync(await Person.RequireAsync(Policies.Administer), new GatewayTokenDraft { Name = _name });
            _faults = outcome.Faults;
            if (outcome.Issued is { } issued)
            {
                await OnIssued.InvokeAsync(issued);
            }
        }
        catch (NotAllowedException)
        {
            _faults = [OverviewText.NotAllowed];
        }
        catch (Exception fault) when (fault.GetBaseException() is SqliteException database)
        {
            _faults = [OverviewText.NothingChanged(StoreHealth.InWords(database))];
        }
        finally
        {
            _isBusy = false;
        }
    }
}
