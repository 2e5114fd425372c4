using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Ingest;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Components.Pages.Admin.Maintenance;

/// <summary>A part of the page that changes windows and says what became of it.</summary>
public abstract class MaintenanceSection : ComponentBase
{
    /// <summary>The site's zone.</summary>
    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>What became of the last change; empty if there is nothing to say.</summary>
    protected string Said { get; private set; } = "";

    /// <summary>Whether nothing was changed.</summary>
    protected bool IsRefused { get; private set; }

    /// <summary>The windows.</summary>
    [Inject]
    protected MaintenanceMode Mode { get; set; } = null!;

    /// <summary>The portal's clock.</summary>
    [Inject]
    protected TimeProvider Time { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    /// <summary>Changes something in the name of whoever asks; false if nothing was changed.</summary>
    protected async Task<bool> ActAsync(string done, Func<Actor, Task<MaintenanceOutcome>> change)
    {
        try
        {
            var outcome = await change(await Person.RequireAsync(Policies.Administer));
            (Said, IsRefused) = outcome.IsDone ? (done, false) : (MaintenanceWords.Why(outcome, Zone), true);
        }
        catch (NotAllowedException)
        {
            Refuse(MaintenanceText.NotAllowed);
        }
        catch (Exception fault) when (fault.GetBaseException() is SqliteException database)
        {
            Refuse(MaintenanceText.NothingChanged(StoreHealth.InWords(database)));
        }

        return !IsRefused;
    }

    /// <summary>Says why nothing is changed.</summary>
    protected void Refuse(string why) => (Said, IsRefused) = (why, true);
}
