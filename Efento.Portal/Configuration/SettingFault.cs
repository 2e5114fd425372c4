namespace Efento.Portal.Configuration;

/// <summary>A fault of a setting, or of a settings file.</summary>
/// <param name="Key">The full key, such as "Portal:Ingest:MaxBodyBytes"; for a file its path.</param>
/// <param name="Is">The present value.</param>
/// <param name="MustBe">What is allowed.</param>
public sealed record SettingFault(string Key, string Is, string MustBe)
{
    /// <summary>A file that can't be read. The innermost exception names the line.</summary>
    public SettingFault(InvalidDataException unreadable)
        : this(unreadable.Message.TrimEnd('.'), unreadable.GetBaseException().Message.TrimEnd('.'), "")
    {
    }

    /// <inheritdoc/>
    public override string ToString() => MustBe.Length == 0 ? $"{Key}: {Is}." : $"{Key} is {Is} but must be {MustBe}.";
}

/// <summary>A key under <c>Portal:</c> that is not a setting.</summary>
/// <param name="Key">The full key.</param>
/// <param name="Suggestion">The known key that is most similar; null if none is similar enough.</param>
internal sealed record UnknownSetting(string Key, string? Suggestion);

/// <summary>The result of a check of all settings.</summary>
/// <param name="Faults">Faults that prevent the start.</param>
/// <param name="Unknown">Unknown keys, which only cause warnings.</param>
internal sealed record SettingsReport(IReadOnlyList<SettingFault> Faults, IReadOnlyList<UnknownSetting> Unknown);

/// <summary>The settings can't be used; the message names every fault.</summary>
public sealed class SettingsException(IReadOnlyList<SettingFault> faults)
    : Exception(
        $"{(faults.Count == 1 ? "One setting is" : $"{faults.Count} settings are")} wrong:{string.Concat(faults.Select(f => $"\n  {f}"))}")
{
    /// <summary>The faults.</summary>
    public IReadOnlyList<SettingFault> Faults => faults;
}
