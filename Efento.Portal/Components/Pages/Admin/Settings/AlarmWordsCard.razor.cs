using Efento.Portal.Access;
using Efento.Portal.Alarms.People;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.People;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Settings;

/// <summary>Lets an administrator change the words for causes and actions.</summary>
public sealed partial class AlarmWordsCard
{
    [HandedOver]
    private AlarmVocabulary _seen = AlarmVocabulary.None;
    [HandedOver]
    private Input _input = new();
    private string _said = "";
    private bool _isRefused;

    [Inject]
    private AlarmWordList Words { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        // What the user has begun to write stays.
        var isUntouched = _input.Words.IsSame(_seen.Tidy()) || _input.Words.IsSame(AlarmVocabulary.None);
        _seen = await Words.ReadAsync();
        if (isUntouched)
        {
            _input = Input.Of(_seen);
        }
    }

    private async Task SaveAsync()
    {
        var (seen, wanted) = (_seen, _input.Words);
        var prevented = await Person.TryAsync(
            Policies.Administer, async actor => Fault(await Words.ChangeAsync(actor, seen, wanted)));
        (_said, _isRefused) = (prevented ?? SettingsText.Saved, prevented is not null);
        _seen = await Words.ReadAsync();
        _input = prevented is null ? Input.Of(_seen) : _input;
    }

    private static string? Fault(AlarmWordOutcome outcome) => outcome switch
    {
        AlarmWordOutcome.Done => null,
        AlarmWordOutcome.ChangedMeanwhile => SettingsText.AlarmWordsChanged,
        AlarmWordOutcome.TooLong => SettingsText.AlarmWordTooLong(AlarmWord.MostLetters),
        AlarmWordOutcome.TooMany => SettingsText.AlarmWordsTooMany(AlarmWord.MostWords),
        _ => SettingsText.AlarmWordsEmpty,
    };

    private sealed class Input
    {
        public string Causes { get; set; } = "";

        public string Actions { get; set; } = "";

        public AlarmVocabulary Words => new AlarmVocabulary(Causes.Split('\n'), Actions.Split('\n')).Tidy();

        public static Input Of(AlarmVocabulary words) =>
            new() { Causes = string.Join('\n', words.Causes), Actions = string.Join('\n', words.Actions) };
    }
}
