using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Efento.Portal.Configuration;

/// <summary>
/// Settings that take effect while the portal runs. If new settings can't be used, the last good ones stay in force:
/// <see cref="CurrentValue"/> never throws. <see cref="SettingsWatch"/> logs the faults.
/// </summary>
internal sealed class ReloadingOptions<T> : IOptionsMonitor<T>, IDisposable
    where T : class, new()
{
    private readonly IConfiguration _configuration;
    private readonly string _key;
    private readonly IDisposable _reloads;
    private volatile T _current;

    /// <summary>Reads the settings under <paramref name="key"/>.</summary>
    /// <exception cref="SettingsException">The settings can't be used.</exception>
    public ReloadingOptions(IConfiguration configuration, string key)
    {
        (_configuration, _key) = (configuration, key);
        var faults = Faults();
        _current = faults.Count == 0 ? Bind() : throw new SettingsException(faults);
        _reloads = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    private event Action<T>? Changed;

    /// <inheritdoc/>
    public T CurrentValue => _current;

    /// <inheritdoc/>
    public T Get(string? name) => _current;

    /// <inheritdoc/>
    public IDisposable OnChange(Action<T, string?> listener)
    {
        void Listen(T value) => listener(value, Options.DefaultName);
        Changed += Listen;
        return new Subscription(() => Changed -= Listen);
    }

    /// <inheritdoc/>
    public void Dispose() => _reloads.Dispose();

    private void Reload()
    {
        if (Faults().Count == 0)
        {
            _current = Bind();
            Changed?.Invoke(_current);
        }
    }

    private List<SettingFault> Faults() =>
        [.. SettingsCheck.Check(_configuration).Faults.Where(f => f.Key == _key || f.Key.StartsWith(_key + ":", StringComparison.Ordinal))];

    private T Bind() => _configuration.GetSection(_key).Get<T>() ?? new T();

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
