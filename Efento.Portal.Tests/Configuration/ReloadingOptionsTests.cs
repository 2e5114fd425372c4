using Efento.Portal.Configuration;
using Efento.Portal.Ingest;
using Microsoft.Extensions.Configuration;

namespace Efento.Portal.Tests.Configuration;

public sealed class ReloadingOptionsTests : IDisposable
{
    private const string MaxBodyBytes = "Portal:Ingest:MaxBodyBytes";

    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [KeyValuePair.Create(MaxBodyBytes, (string?)"1000")]).Build();
    private readonly ReloadingOptions<IngestOptions> _options;

    public ReloadingOptionsTests() => _options = new(_configuration, "Portal:Ingest");

    [Fact]
    public void CurrentValue_Changed_IsTheNewOne()
    {
        Set(MaxBodyBytes, "2000");

        Assert.Equal(2000, _options.CurrentValue.MaxBodyBytes);
    }

    [Theory]
    [InlineData(MaxBodyBytes, "much")]
    [InlineData(MaxBodyBytes, "-1")]
    [InlineData("Portal:Ingest:UnknownLoggers", "Perhaps")]
    [InlineData("Portal:Ingest:MeasurementPaths:0", "/health")]
    public void CurrentValue_ChangedToSomethingBad_IsTheLastGoodOne(string key, string value)
    {
        Set(MaxBodyBytes, "2000");
        var good = _options.CurrentValue;

        Set(key, value);

        Assert.Same(good, _options.CurrentValue);
    }

    [Fact]
    public void CurrentValue_MendedAgain_IsTheNewOne()
    {
        Set(MaxBodyBytes, "much");
        Set(MaxBodyBytes, "3000");

        Assert.Equal(3000, _options.CurrentValue.MaxBodyBytes);
    }

    [Fact]
    public void CurrentValue_FaultInAnotherSection_IsChangedNevertheless()
    {
        Set("Portal:Retention:Ledger", "long");
        Set(MaxBodyBytes, "4000");

        Assert.Equal(4000, _options.CurrentValue.MaxBodyBytes);
    }

    [Fact]
    public void OnChange_GoodAndBadChanges_TellsOfTheGoodOnes()
    {
        List<long> told = [];
        var subscription = _options.OnChange((changed, _) => told.Add(changed.MaxBodyBytes));

        Set(MaxBodyBytes, "2000");
        Set(MaxBodyBytes, "much");
        subscription!.Dispose();
        Set(MaxBodyBytes, "3000");

        Assert.Equal([2000], told);
    }

    [Fact]
    public void Constructor_BadFromTheStart_NamesTheFault()
    {
        _configuration[MaxBodyBytes] = "much";

        var fault = Assert.Throws<SettingsException>(() => new ReloadingOptions<IngestOptions>(_configuration, "Portal:Ingest"));

        Assert.Contains(MaxBodyBytes, fault.Message);
    }

    public void Dispose() => _options.Dispose();

    private void Set(string key, string value)
    {
        _configuration[key] = value;
        _configuration.Reload();
    }
}
