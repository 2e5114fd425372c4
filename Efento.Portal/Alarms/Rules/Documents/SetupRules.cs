using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Configuration;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Alarms.Rules.Documents;

/// <summary>
/// Takes the rules of the unattended set-up (<c>Portal:Setup:Rules</c>) while nobody has made or changed any. They are in force from the
/// beginning of time.
/// </summary>
internal sealed class SetupRules(RuleDirectory rules, RuleDocuments documents, IOptions<PortalOptions> options)
{
    private const string Setting = "Portal:Setup:Rules";

    /// <summary>Takes them.</summary>
    /// <exception cref="SettingsException">The file can't be read, or something in it is wrong; everything that is wrong is named.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken = default)
    {
        if (options.Value.Setup.Rules is { Length: > 0 } path && rules.Book.All.All(r => r is { IsBuiltIn: true, Version: 1 }))
        {
            var outcome = await documents.ImportAsync(
                Actor.Portal, await ReadAsync(path, cancellationToken), isTrial: false, long.MinValue, cancellationToken);
            if (!outcome.IsDone)
            {
                throw new SettingsException([.. outcome.Faults.Select(f => new SettingFault($"{Setting}: {path}", RuleWords.InWords(f).TrimEnd('.'), ""))]);
            }
        }
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([new SettingFault(Setting, fault.Message.TrimEnd('.'), "")]);
        }
    }
}
