using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Duty;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Account;

/// <summary>Lets a user choose the time of each day in which warnings wait.</summary>
public sealed partial class QuietHoursForm
{
    private readonly Input _input = new();
    private QuietHours? _seen;
    private bool _isTold;
    private bool _isSaved;
    private string? _fault;

    /// <summary>The user's e-mail address.</summary>
    [Parameter, EditorRequired]
    public string Email { get; set; } = "";

    [Inject]
    private OwnQuietHours Hours { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        (_isTold, _seen) = Hours.Of(Email);
        (_input.From, _input.To) = _seen is null ? ("", "") : (DayTime.Text(_seen.FromMinute), DayTime.Text(_seen.ToMinute));
    }

    private async Task SaveAsync()
    {
        _isSaved = false;
        var (wanted, fault) = QuietText.Read(_input.From, _input.To);
        _fault = fault is { } kind
            ? NotificationFaultWords.Of(new(kind, ""))
            : await Person.TryAsync(Policies.View, async actor => Words(await Hours.ChangeAsync(actor, _seen, wanted)));
        if (_fault is null)
        {
            (_seen, _isSaved) = (wanted, true);
        }
    }

    private static string? Words(OwnQuietOutcome outcome) => outcome switch
    {
        OwnQuietOutcome.NotTold => AccountText.NotTold,
        OwnQuietOutcome.ChangedMeanwhile => AccountText.QuietChangedMeanwhile,
        _ => null,
    };

    private sealed class Input
    {
        public string? From { get; set; }

        public string? To { get; set; }
    }
}
