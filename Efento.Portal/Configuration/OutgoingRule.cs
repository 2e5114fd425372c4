namespace Efento.Portal.Configuration;

/// <summary>Checks the feeds of <c>Portal:Outgoing</c>.</summary>
internal static class OutgoingRule
{
    /// <summary>The place of a feed that sends what is measured anywhere.</summary>
    public const string WholeSite = "*";

    /// <summary>What the setting must be.</summary>
    public const string MustBe = "a list of feeds, each with Key, Channel, Place and HomeAssistant";

    private const int MostLetters = 100;
    private const string KeyMustBe = "1 to 100 letters, digits, \"-\", \"_\" or \".\"";
    private const string PlaceMustBe = "\"*\" or a location such as \"Hospital/Ward 1\"";

    /// <summary>Everything that is wrong.</summary>
    /// <param name="key">The full key of the setting.</param>
    /// <param name="section">The setting.</param>
    public static IEnumerable<SettingFault> Faults(string key, IConfigurationSection section)
    {
        var feeds = section.GetChildren().Select(feed => (Key: $"{key}:{feed.Key}", Section: feed)).ToList();
        return feeds.Count == 0 && section.Value is not (null or "")
            ? [new SettingFault(key, Shown(section.Value), MustBe)]
            : [.. feeds.SelectMany(feed => FaultsOf(feed.Key, feed.Section)), .. Repeated(feeds)];
    }

    private static IEnumerable<SettingFault> FaultsOf(string key, IConfigurationSection feed)
    {
        if (!IsKey(feed[nameof(OutgoingOptions.Key)]))
        {
            yield return new SettingFault($"{key}:Key", Shown(feed[nameof(OutgoingOptions.Key)]), KeyMustBe);
        }

        if (!IsKey(feed[nameof(OutgoingOptions.Channel)]))
        {
            yield return new SettingFault($"{key}:Channel", Shown(feed[nameof(OutgoingOptions.Channel)]), KeyMustBe);
        }

        if (feed[nameof(OutgoingOptions.Place)] is { } place && (string.IsNullOrWhiteSpace(place) || place.Any(char.IsControl)))
        {
            yield return new SettingFault($"{key}:Place", Shown(place), PlaceMustBe);
        }

        if (feed[nameof(OutgoingOptions.HomeAssistant)] is { } flag && !bool.TryParse(flag, out _))
        {
            yield return new SettingFault($"{key}:HomeAssistant", Shown(flag), "true or false");
        }

        foreach (var unknown in feed.GetChildren().Where(field => !IsField(field.Key)))
        {
            yield return new SettingFault($"{key}:{unknown.Key}", "unknown", "Key, Channel, Place or HomeAssistant");
        }
    }

    /// <summary>Feeds with one key would share one position.</summary>
    private static IEnumerable<SettingFault> Repeated(IEnumerable<(string Key, IConfigurationSection Section)> feeds) =>
        from feed in feeds
        let its = feed.Section[nameof(OutgoingOptions.Key)]
        where IsKey(its)
        group feed by its into same
        from again in same.Skip(1)
        select new SettingFault($"{again.Key}:Key", Shown(same.Key), $"another one than {same.First().Key}:Key");

    private static bool IsField(string name) =>
        typeof(OutgoingOptions).GetProperties().Any(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsKey(string? text) =>
        text is { Length: > 0 and <= MostLetters } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static string Shown(string? value) => value is null ? "missing" : $"\"{value}\"";
}
