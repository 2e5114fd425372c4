using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Efento.Portal.CommandLine;

namespace Efento.Portal.Simulation;

/// <summary>The options of <c>simulate</c>: their names, limits and defaults.</summary>
internal sealed class SimulateArguments
{
    private const int MostLoggersInAll = 100_000;

    // Limits are checked while parsing, because the library throws if a validator asks for a value that can't be parsed.
    private readonly Option<Uri> _url = Checked(
        "--url", "address", "The server's address.", TryParseAddress, "be an address such as http://localhost:5080",
        new Uri("http://localhost:5080"));

    private readonly Option<string[]> _token = new("--token")
    {
        Description = "The token sent as X-Api-Token, at most 36 characters. Give it several times and the gateways take turns. "
            + "With \"\" no heartbeats are sent, as by a real gateway.",
        HelpName = "token",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int> _gateways = Count("--gateways", "How many gateways, 1 to 1000.", 1);
    private readonly Option<int> _loggers = Count("--loggers", "How many loggers each gateway hears, 1 to 1000.", 10);

    private readonly Option<TimeSpan> _interval = Checked<TimeSpan>(
        "--interval", "duration", "The loggers' measurement interval, whole seconds, 1s to 1d.", TryParseInterval,
        "be whole seconds from 1s to 1d", TimeSpan.FromMinutes(3));

    private readonly Option<double> _speed = Checked<double>(
        "--speed", "factor", "How much faster than real time everything runs, 0.01 to 10000. Above 1 it needs --duration.", TryParseSpeed,
        "be a number from 0.01 to 10000", 1);

    private readonly Option<TimeSpan?> _duration = new("--duration")
    {
        Description = $"How long, in real time: {DurationText.Examples}. Without it until Ctrl+C.",
        HelpName = "duration",
        CustomParser = result => Parse<TimeSpan>("--duration", result, TryParseDuration, $"be a duration such as {DurationText.Examples}"),
    };

    private readonly Option<TimeSpan> _history = Checked<TimeSpan>(
        "--history", "duration", "What the loggers have measured before the start, in simulated time; sent first, as after an outage.",
        DurationText.TryParse, $"be a duration such as {DurationText.Examples}", TimeSpan.Zero);

    private readonly Option<ulong> _seed = Checked<ulong>(
        "--seed", "number", "Decides serials and values.", ulong.TryParse, "be a whole number from 0", 1);

    private readonly Option<string> _serialHeader = Checked<string>(
        "--serial-header", "name", "The custom header in which each gateway says its serial; \"\" for none.", TryParseHeader,
        "be letters, digits and hyphens", "X-Gateway-Serial");

    private delegate bool TryParse<T>(string text, out T value);

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        _token.Validators.Add(CheckTokens);
        foreach (
            Option option in (Option[])[_url, _token, _gateways, _loggers, _interval, _speed, _duration, _history, _seed, _serialHeader])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The options as given.</summary>
    public SimulationOptions Read(ParseResult parsed) => new()
    {
        Server = parsed.GetRequiredValue(_url),
        Tokens = parsed.GetRequiredValue(_token),
        Gateways = parsed.GetValue(_gateways),
        Loggers = parsed.GetValue(_loggers),
        Interval = parsed.GetValue(_interval),
        Speed = parsed.GetValue(_speed),
        Duration = parsed.GetValue(_duration),
        History = parsed.GetValue(_history),
        Seed = parsed.GetValue(_seed),
        SerialHeader = parsed.GetRequiredValue(_serialHeader),
    };

    /// <summary>Checks combinations of options that exclude each other.</summary>
    public static IEnumerable<string> Faults(SimulationOptions options)
    {
        if (options.Gateways * options.Loggers > MostLoggersInAll)
        {
            yield return $"--gateways times --loggers is {options.Gateways * options.Loggers}; at most {MostLoggersInAll} loggers are simulated.";
        }

        if (options is { Speed: > 1, Duration: null })
        {
            yield return "--speed above 1 needs --duration: simulated time must end no later than now, or the server would reject it as measured in the future.";
        }
    }

    private static Option<int> Count(string name, string description, int normal) =>
        Checked(name, "count", description, TryParseCount, "be a whole number from 1 to 1000", normal);

    private static Option<T> Checked<T>(string name, string helpName, string description, TryParse<T> tryParse, string rule, T normal) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => Parse(name, result, tryParse, rule),
            DefaultValueFactory = _ => normal,
        };

    private static T? Parse<T>(string name, ArgumentResult result, TryParse<T> tryParse, string rule)
    {
        var text = result.Tokens[0].Value;
        if (tryParse(text, out var value))
        {
            return value;
        }

        result.AddError($"{name} must {rule}, not \"{text}\".");
        return default;
    }

    private static bool TryParseAddress(string text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && (address.Query + address.Fragment).Length == 0;

    private static bool TryParseCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= 1_000;

    private static bool TryParseInterval(string text, out TimeSpan interval) =>
        DurationText.TryParse(text, out interval)
        && interval >= TimeSpan.FromSeconds(1)
        && interval <= TimeSpan.FromDays(1)
        && interval.Ticks % TimeSpan.TicksPerSecond == 0;

    private static bool TryParseDuration(string text, out TimeSpan duration) =>
        DurationText.TryParse(text, out duration) && duration > TimeSpan.Zero;

    private static bool TryParseSpeed(string text, out double speed) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out speed) && speed is >= 0.01 and <= 10_000;

    private static bool TryParseHeader(string text, out string name)
    {
        name = text;
        return text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
    }

    private static void CheckTokens(OptionResult result)
    {
        foreach (var token in result.Tokens.Select(t => t.Value))
        {
            if (token.Length > 36)
            {
                result.AddError($"--token must have at most 36 characters, as a gateway's field; one has {token.Length}.");
            }

            if (token.Any(c => c is <= ' ' or > '~'))
            {
                result.AddError("--token must be printable ASCII characters without spaces.");
            }
        }
    }
}
