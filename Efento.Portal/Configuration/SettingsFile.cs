using Microsoft.Extensions.Configuration.Json;

namespace Efento.Portal.Configuration;

/// <summary>
/// An appsettings.json that need not be there. It is looked at twice a second rather than watched by the operating system, whose watches are
/// few, follow no links and cover whole trees.
/// </summary>
internal sealed class SettingsFile(string path) : JsonConfigurationSource
{
    /// <summary>Where it is.</summary>
    public string FullPath => path;

    /// <inheritdoc/>
    public override IConfigurationProvider Build(IConfigurationBuilder builder) => new SettingsFileProvider(this);
}

/// <summary>What a settings file says; when it is edited so that it can't be read, what it said before.</summary>
internal sealed class SettingsFileProvider(SettingsFile source) : JsonConfigurationProvider(source)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private FileStamp? _read;
    private FileStamp? _seen;
    private ITimer? _timer;

    /// <summary>Why it could not be read the last time; null if it could.</summary>
    public SettingFault? Fault { get; private set; }

    /// <summary>Told when somebody who uses the settings can't use the new ones; nobody else would hear of it.</summary>
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

            // Read only once it has stopped changing: an editor may be in the middle of writing it.
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
