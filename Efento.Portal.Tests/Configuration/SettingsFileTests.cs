using Efento.Portal.Configuration;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Efento.Portal.Tests.Configuration;

public sealed class SettingsFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _file;

    public SettingsFileTests() => _file = Path.Combine(_directory.Path, "appsettings.json");

    [Fact]
    public void Load_NoFile_IsEmpty()
    {
        using var settings = Load();

        Assert.Empty(settings.AsEnumerable());
    }

    [Fact]
    public void Load_FileWithComments_IsRead()
    {
        File.WriteAllText(_file, """
            // why
            { "A": { "B": 1, }, /* so */ "C": "x" }
            """);
        using var settings = Load();

        Assert.Equal(("1", "x"), (settings["A:B"], settings["C"]));
    }

    [Fact]
    public void Load_BrokenFile_NamesFileAndLine()
    {
        File.WriteAllText(_file, "{ \"A\":\n oops }");

        var fault = new SettingFault(Assert.Throws<InvalidDataException>(() => Load())).ToString();

        Assert.Contains(_file, fault);
        Assert.Contains("LineNumber: 1", fault);
    }

    [Fact]
    public async Task Change_FileEdited_IsSeen()
    {
        File.WriteAllText(_file, """{ "A": 1 }""");
        using var settings = Load();

        await ChangeAsync(settings, """{ "A": 22 }""");

        Assert.Equal("22", settings["A"]);
    }

    [Fact]
    public async Task Change_FileMadeLater_IsSeen()
    {
        using var settings = Load();

        await ChangeAsync(settings, """{ "A": 1 }""");

        Assert.Equal("1", settings["A"]);
    }

    [Fact]
    public async Task Change_FileBroken_KeepsWhatItSaidAndNamesTheFault()
    {
        File.WriteAllText(_file, """{ "A": 1 }""");
        using var settings = Load();

        await ChangeAsync(settings, """{ "A": 2 """);
        Assert.Equal("1", settings["A"]);
        Assert.Contains(_file, Provider(settings).Fault!.ToString());

        await ChangeAsync(settings, """{ "A": 33 }""");
        Assert.Equal("33", settings["A"]);
        Assert.Null(Provider(settings).Fault);
    }

    [Fact]
    public async Task Change_AListenerRefuses_IsToldAndHarmsNothing()
    {
        File.WriteAllText(_file, """{ "A": 1 }""");
        using var settings = Load();
        var refused = new TaskCompletionSource<Exception>();
        Provider(settings).OnRefused = refused.SetResult;
        using var listener = ChangeToken.OnChange(settings.GetReloadToken, () => throw new InvalidOperationException("not with me"));

        File.WriteAllText(_file, """{ "A": 22 }""");

        Assert.Contains("not with me", (await refused.Task.WaitAsync(Until.Patience)).ToString());
        Assert.Equal("22", settings["A"]);
    }

    public void Dispose() => _directory.Dispose();

    private async Task ChangeAsync(ConfigurationRoot settings, string content)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = settings.GetReloadToken().RegisterChangeCallback(_ => changed.TrySetResult(), null);
        await File.WriteAllTextAsync(_file, content);
        await changed.Task.WaitAsync(Until.Patience);
    }

    private static SettingsFileProvider Provider(ConfigurationRoot settings) =>
        Assert.IsType<SettingsFileProvider>(Assert.Single(settings.Providers));

    private ConfigurationRoot Load() => (ConfigurationRoot)new ConfigurationBuilder().Add(new SettingsFile(_file)).Build();
}
