using Microsoft.Extensions.Configuration.Json;

namespace Efento.Portal.Configuration;

/// <summary>
/// An optional appsettings.json. It is polled twice a second. File watches of the operating system are not used: they are limited in
/// number, don't follow links, and cover whole directory trees.
/// </summary>
internal sealed class SettingsFile(string path) : JsonConfigurationSource
{
    /// <summary>The full path.</summary>
    public string FullPath => path;

    /// <inheritdoc/>
    public override IConfigurationProvider Build(IConfigurationBuilder builder) => new SettingsFileProvider(this);
}

/// <summary>Provides the content of a settings file. If it can't be read after an edit, the previous content stays in effect.</summary>
internal sealed class SettingsFileProvider(SettingsFile source) : JsonConfigurationProvider(source)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private FileStamp? _read;
    private FileStamp? _seen;
    private ITimer? _timer;

    /// <summary>Why the last read failed; null if it succeeded.</summary>
    public SettingFault? Fault { get; private set; }

    /// <summary>Called if a consumer of the settings can't use the new ones. Nothing else would report it.</summary>
    public Action<Exception>? OnRefused { get; set; }

    /// <inheritdoc/>
    public override void Load()
    {
        _read = _seen = FileStamp.Of(source.FullPath, _seen);
        Read();
        _timer ??= TimeProvider.System.CreateTimer(_ => Look(), null, Every, Every);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _timer?.Dispose();
        base.Dispose(disposing);
    }

    private void Look()
    {
        lock (_lock)
        {
            var seen = FileStamp.Of(source.FullPath, _seen);
            var isSettled = seen == _seen;
            _seen = seen;

            // The file is read only after it has stopped changing, because an editor may still be writing it.
            if (isSettled && seen != _read)
            {
                _read = seen;
                ReadAgain();
            }
        }
    }

    private void ReadAgain()
    {
        try
        {
            Read();
            Fault = null;
        }
        catch (InvalidDataException fault)
        {
            Fault = new SettingFault(fault);
        }

        try
        {
            OnReload();
        }
        catch (Exception refusal) when (OnRefused is not null)
        {
            OnRefused(refusal);
        }
    }

    private void Read()
    {
        try
        {
            if (!File.Exists(source.FullPath))
            {
                Data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
                return;
            }

            using var file = File.OpenRead(source.FullPath);
            Load(file);
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{source.FullPath} can't be read", fault);
        }
    }
}
