namespace Efento.Portal.Configuration;

/// <summary>What is wrong with one setting, or with a file of settings.</summary>
/// <param name="Key">The full key, such as "Portal:Ingest:MaxBodyBytes"; of a file its path.</param>
/// <param name="Is">What is there.</param>
/// <param name="MustBe">What is allowed.</param>
public sealed record SettingFault(string Key, string Is, string MustBe)
{
    /// <summary>A file that can't be read; the innermost fault knows the line.</summary>
    public SettingFault(InvalidDataException unreadable)
        : this(unreadable.Message.TrimEnd('.'), unreadable.GetBaseException().Message.TrimEnd('.'), "")
    {
    }

    /// <inheritdoc/>
    public override string ToString() => MustBe.Length == 0 ? $"{Key}: {Is}." : $"{Key} is {Is} but must be {MustBe}.";
}

/// <summary>A key under <c>Portal:</c> that no setting has.</summary>
/// <param name="Key">The full key.</param>
/// <param name="Suggestion">The known key that may be meant; null if none is near.</param>
public sealed record UnknownSetting(string Key, string? Suggestion);

/// <summary>What a look at all settings found.</summary>
/// <param name="Faults">What stops the start.</param>
/// <param name="Unknown">What is only warned about.</param>
public sealed record SettingsReport(IReadOnlyList<SettingFault> Faults, IReadOnlyList<UnknownSetting> Unknown);

/// <summary>The settings can't be used; the message names every fault.</summary>
public sealed class SettingsException(IReadOnlyList<SettingFault> faults)
    : Exception($"{(faults.Count == 1 ? "One setting is" : $"{faults.Count} settings are")} wrong:{string.Concat(faults.Select(f => $"\n  {f}"))}")
{
    /// <summary>What is wrong.</summary>
    public IReadOnlyList<SettingFault> Faults => faults;
}
