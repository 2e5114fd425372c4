using System.Reflection;

namespace Efento.Portal.Configuration;

/// <summary>
/// Checks everything under <c>Portal:</c> before it is bound, and reports all faults at once. The binder would stop at the first value of a
/// wrong type.
/// </summary>
internal sealed class SettingsCheck
{
    private readonly List<SettingFault> _faults = [];
    private readonly List<UnknownSetting> _unknown = [];
    private readonly List<(string Key, string Path)> _paths = [];

    private SettingsCheck()
    {
    }

    /// <summary>The faults and the unknown keys of the settings.</summary>
    public static SettingsReport Check(IConfiguration configuration)
    {
        var check = new SettingsCheck();
        check.CheckGroup(typeof(PortalOptions), PortalOptions.Section, configuration.GetSection(PortalOptions.Section));
        check._faults.AddRange(GatewayPathRule.Collisions(check._paths));
        check.CheckLogLevels(configuration.GetSection("Logging"));
        check.CheckUrls(configuration[WebHostDefaults.ServerUrlsKey] ?? "");
        return new SettingsReport(check._faults, check._unknown);
    }

    private void CheckGroup(Type options, string key, IConfigurationSection section)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            Fault(key, section.Value, "a group of settings");
        }

        foreach (var child in section.GetChildren())
        {
            var property = options.GetProperty(child.Key, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance);
            var childKey = $"{key}:{property?.Name ?? child.Key}";
            if (property is null)
            {
                _unknown.Add(new UnknownSetting(childKey, KnownSettings.Nearest(childKey)));
            }
            else if (KnownSettings.IsGroup(property.PropertyType))
            {
                CheckGroup(property.PropertyType, childKey, child);
            }
            else
            {
                CheckSetting(property.PropertyType, childKey, child);
            }
        }
    }

    private void CheckSetting(Type type, string key, IConfigurationSection section)
    {
        var rule = SettingRules.Of(key);
        if (type == typeof(string[]))
        {
            CheckList(rule, key, section);
        }
        else if (type == typeof(OutgoingOptions[]))
        {
            _faults.AddRange(OutgoingRule.Faults(key, section));
        }
        else if (section.GetChildren().Any())
        {
            _faults.Add(new SettingFault(key, "a group of settings", rule.MustBe));
        }
        else
        {
            CheckValue(rule, type, key, section.Value);
        }
    }

    private void CheckList(SettingRule rule, string key, IConfigurationSection section)
    {
        var items = section.GetChildren().ToList();
        if (items.Count == 0 && section.Value is not "")
        {
            Fault(key, section.Value, $"a list (\"{key}:0\", \"{key}:1\" …)");
        }

        foreach (var item in items)
        {
            var itemKey = $"{key}:{item.Key}";
            if (CheckValue(rule, typeof(string), itemKey, item.Value) && rule == GatewayPathRule.Syntax)
            {
                _paths.Add((itemKey, item.Value!));
            }
        }
    }

    /// <summary>
    /// Checks the log levels, also those of single providers. With a wrong one the framework would throw when it first logs.
    /// </summary>
    private void CheckLogLevels(IConfigurationSection logging)
    {
        var levels = logging.GetChildren().Prepend(logging).SelectMany(provider => provider.GetSection("LogLevel").GetChildren());
        foreach (var level in levels.Where(l => !string.IsNullOrEmpty(l.Value) && !SettingText.TryRead(l.Value, typeof(LogLevel), out _)))
        {
            Fault(level.Path, level.Value, string.Join(", ", Enum.GetNames<LogLevel>()));
        }
    }

    private void CheckUrls(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries).Where(url => !IsListenable(url)))
        {
            Fault(
                "Urls", url,
                "an address to listen at, such as http://localhost:5080 or http://0.0.0.0:5080; several are separated by semicolons");
        }
    }

    /// <summary>Whether the portal can listen on this address.</summary>
    internal static bool IsListenable(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address is { Scheme: "http" or "https", Port: >= 0 and <= 65535, PathBase: "" };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private bool CheckValue(SettingRule rule, Type type, string key, string? text)
    {
        var isNone = string.IsNullOrEmpty(text) && rule.MayBeNone;
        var isAllowed = isNone || (text is not null && SettingText.TryRead(text, type, out var value) && rule.IsAllowed(value));
        if (!isAllowed)
        {
            Fault(key, text, rule.MustBe, rule.IsSecret);
        }

        return isAllowed && !isNone;
    }

    private void Fault(string key, string? text, string mustBe, bool isSecret = false) =>
        _faults.Add(
            new SettingFault(key, text is null ? "null" : isSecret ? $"a secret of {text.Length} characters" : $"\"{text}\"", mustBe));
}
