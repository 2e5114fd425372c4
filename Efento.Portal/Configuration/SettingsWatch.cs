using Microsoft.Extensions.Primitives;

namespace Efento.Portal.Configuration;

/// <summary>
/// Logs unknown keys under <c>Portal:</c>, and faults of settings that are changed while the portal runs. Each is logged once.
/// </summary>
internal sealed partial class SettingsWatch(IConfiguration configuration, ILogger<SettingsWatch> log) : IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private HashSet<string> _said = [];
    private IDisposable? _reloads;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var file in Files())
        {
            file.OnRefused = refusal => LogRefused(log, refusal);
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
                LogFault(log, fault);
            }

            foreach (var unknown in report.Unknown.Where(u => !_said.Contains(u.ToString())))
            {
                LogUnknown(log, unknown.Key, unknown.Suggestion is { } known ? $" Did you mean {known}?" : "");
            }

            _said = [.. faults.Select(f => f.ToString()), .. report.Unknown.Select(u => u.ToString())];
        }
    }

    private IEnumerable<SettingsFileProvider> Files() => ((IConfigurationRoot)configuration).Providers.OfType<SettingsFileProvider>();

    [LoggerMessage(Level = LogLevel.Error, Message = "{Fault} The previous setting stays in effect.")]
    private static partial void LogFault(ILogger log, SettingFault fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} is not a setting of the portal and has no effect.{Suggestion}")]
    private static partial void LogUnknown(ILogger log, string key, string suggestion);

    [LoggerMessage(Level = LogLevel.Error, Message = "Changed settings can't be used")]
    private static partial void LogRefused(ILogger log, Exception refusal);
}
