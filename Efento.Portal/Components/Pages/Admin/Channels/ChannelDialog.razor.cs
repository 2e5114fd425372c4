using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Administration;
using Efento.Portal.Notifications.Documents;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Channels;

/// <summary>Makes a channel or changes one, and shows what is wrong beside each field. Closes with the key when it is saved.</summary>
public sealed partial class ChannelDialog
{
    private ChannelForm _form = new();
    private ChannelOutcome _outcome = ChannelOutcome.Done;
    private string? _prevented;
    private bool _isBusy;

    /// <summary>The options of the dialog; a click beside it does not throw away what was typed.</summary>
    public static DialogOptions Options { get; } =
        new() { FullWidth = true, MaxWidth = MaxWidth.Small, CloseOnEscapeKey = true, BackdropClick = false, CloseButton = true };

    /// <summary>The channel; null for a new one.</summary>
    [Parameter, EditorRequired]
    public OpenedChannel? Channel { get; set; }

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private ChannelDecisions Decisions { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    /// <summary>What is wrong with no field that is shown.</summary>
    private IReadOnlyList<string> Faults => _prevented is { } prevented ? [prevented] : ChannelFaults.Of(_outcome);

    private string? KeyFault => FaultOf("key");

    /// <inheritdoc/>
    protected override void OnInitialized() => _form = ChannelForm.Of(Channel);

    private async Task SaveAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        var isDone = false;
        _prevented = await Person.TryAsync(Policies.Administer, async actor =>
        {
            var seen = Channel is null ? null : SeenChannel.Of(Channel.Row);
            _outcome = await Decisions.SaveAsync(actor, seen, _form.Document());
            isDone = _outcome.IsDone;
            return null;
        });
        _isBusy = false;
        if (isDone)
        {
            Dialog.Close(_form.Key.Trim());
        }
    }

    private string? FaultOf(string field) => ChannelFaults.Of(_outcome.Faults, field);
}
