using Microsoft.Extensions.Primitives;

namespace Efento.Portal.Configuration;

/// <summary>
/// Logs which keys under <c>Portal:</c> nobody knows, and what is wrong with settings that are changed while the portal runs, each thing once.
/// </summary>
internal sealed partial class SettingsWatch(IConfiguration configuration, ILogger<SettingsWatch> logger) : IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private HashSet<string> _said = [];
    private IDisposable? _reloads;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var file in Files())
        {
            file.OnRefused = refusal => LogRefused(logger, refusal);
        }

        Look();
        _reloads = ChangeToken.OnChange(configuration.GetReloadToken, Look);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _reloads?.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _reloads?.Dispose();

    private void Look()
    {
        lock (_lock)
        {
            var report = SettingsCheck.Check(configuration);
            List<SettingFault> faults = [.. Files().Select(f => f.Fault).OfType<SettingFault>(), .. report.Faults];
            foreach (var fault in faults.Where(f => !_said.Contains(f.ToString())))
            {
                LogFault(logger, fault);
            }

            foreach (var unknown in report.Unknown.Where(u => !_said.Contains(u.ToString())))
            {
                LogUnknown(logger, unknown.Key, unknown.Suggestion is { } known ? $" Did you mean {known}?" : "");
            }

            _said = [.. faults.Select(f => f.ToString()), .. report.Unknown.Select(u => u.ToString())];
        }
    }

    private IEnumerable<SettingsFileProvider> Files() => ((IConfigurationRoot)configuration).Providers.OfType<SettingsFileProvider>();

    [LoggerMessage(Level = LogLevel.Error, Message = "{Fault} What was set before stays in force.")]
    private static partial void LogFault(ILogger logger, SettingFault fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} is no setting of the portal and does nothing.{Suggestion}")]
    private static partial void LogUnknown(ILogger logger, string key, string suggestion);

    [LoggerMessage(Level = LogLevel.Error, Message = "Changed settings can't be used")]
    private static partial void LogRefused(ILogger logger, Exception refusal);
}
