using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Maintenance;

/// <summary>A part of the page that changes windows and shows the result.</summary>
public abstract class MaintenanceSection : ComponentBase
{
    /// <summary>The zone in which the page shows times and the user enters them.</summary>
    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>The result of the last change; empty if there is none.</summary>
    protected string Message { get; private set; } = "";

    /// <summary>Whether the change was refused.</summary>
    protected bool IsRefused { get; private set; }

    /// <summary>The windows.</summary>
    [Inject]
    protected MaintenanceMode Mode { get; set; } = null!;

    /// <summary>The portal's clock.</summary>
    [Inject]
    protected TimeProvider Time { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    /// <summary>Makes a change as the user; false if it was refused.</summary>
    protected async Task<bool> ActAsync(string done, Func<Actor, Task<MaintenanceOutcome>> change)
    {
        var fault = await Person.TryAsync(Policies.Administer, async actor =>
        {
            var outcome = await change(actor);
            return outcome.IsDone ? null : MaintenanceWords.Why(outcome, Zone);
        });
        (Message, IsRefused) = (fault ?? done, fault is not null);
        return !IsRefused;
    }

    /// <summary>Shows why a change was refused.</summary>
    protected void Refuse(string why) => (Message, IsRefused) = (why, true);
}
