using System.Collections.Concurrent;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Tests.Support;

/// <summary>The portal in this process, on a real server at a free port of this machine and with a database of its own.</summary>
public sealed class PortalUnderTest : IAsyncDisposable
{
    /// <summary>The gateway token every portal under test knows.</summary>
    public const string GatewayToken = "7d0b1f8e-5f0e-4c6b-9d53-6f0c2f6f8a11";

    /// <summary>The API token every portal under test knows.</summary>
    public const string ApiToken = "api-token-of-the-tests";

    /// <summary>The administrator every portal under test has.</summary>
    public const string AdminEmail = "admin@portal.test";

    /// <summary>The administrator's password.</summary>
    public const string AdminPassword = "a password of the tests";

    private readonly TemporaryDirectory? _temporary;
    private readonly PortalStart _start;
    private readonly string _dataDirectory;
    private readonly LogLines _log = new();
    private WebApplication _app = null!;

    private PortalUnderTest(PortalStart start)
    {
        _start = start;
        _temporary = start.DataDirectory is null ? new TemporaryDirectory() : null;
        _dataDirectory = start.DataDirectory ?? _temporary!.Path;
        Database = new PortalDatabase(_dataDirectory);
    }

    /// <summary>Its address, with a slash at the end.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Its address with HTTPS, if it was started with a certificate.</summary>
    public Uri SecureAddress => new(_app.Urls.First(url => url.StartsWith("https:", StringComparison.Ordinal)));

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Its database, to look into.</summary>
    public PortalDatabase Database { get; }

    /// <summary>Sends to it with the gateway token.</summary>
    public PortalClient Client { get; private set; } = null!;

    /// <summary>What it logged, one entry a line.</summary>
    public IReadOnlyCollection<string> Log => _log.Lines;

    /// <summary>Starts a portal.</summary>
    public static async Task<PortalUnderTest> StartAsync(PortalStart? start = null)
    {
        var portal = new PortalUnderTest(start ?? new PortalStart());
        await portal.RunAsync();
        return portal;
    }

    /// <summary>A service of the portal.</summary>
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A background service of the portal.</summary>
    internal T Hosted<T>()
        where T : IHostedService => Services.GetServices<IHostedService>().OfType<T>().Single();

    /// <summary>The readings of a logger as "measured_at|value", in measured order.</summary>
    public IReadOnlyList<string> ReadingsOf(string serial) => Database.Lines(
        """
        SELECT r.measured_at, r.value FROM reading r JOIN series s ON s.id = r.series_id JOIN logger l ON l.id = s.logger_id
        WHERE l.serial = $0 ORDER BY r.measured_at, s.channel
        """,
        serial);

    /// <summary>What is in quarantine, oldest first.</summary>
    public IReadOnlyList<QuarantinedPart> Quarantined() =>
    [
        .. Database.Query("SELECT token_id, reason, scope, raw, count FROM quarantine_item ORDER BY id").Select(row => new QuarantinedPart(
            (int)(long)row[0]!, (RejectReason)(long)row[1]!, (RejectScope)(long)row[2]!, RawBytes.Decompress((byte[])row[3]!),
            (long)row[4]!)),
    ];

    /// <summary>Stops the portal and starts it again on the same database; the address changes.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await RunAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _temporary?.Dispose();
    }

    private async Task RunAsync()
    {
        if (_temporary is not null)
        {
            await TemplateDatabase.CopyToAsync(_dataDirectory);
        }

        string[] args =
        [
            "--urls=http://127.0.0.1:0",
            $"--Portal:DataDirectory={_dataDirectory}",
            $"--Portal:Setup:GatewayToken={GatewayToken}",
            $"--Portal:Setup:ApiToken={ApiToken}",
            .. _start.IsSetUp ? (string[])[$"--Portal:Setup:AdminEmail={AdminEmail}", $"--Portal:Setup:AdminPassword={AdminPassword}"] : [],
            .. _start.Settings.Select(s => $"--{s.Key}={s.Value}"),
        ];
        _app = await Program.StartAsync(args, Customise);
        Client = new PortalClient(Address, GatewayToken);
    }

    private void Customise(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(_log);
        builder.Services.ConfigureDbContext<PortalDbContext>(options => options.ConfigureWarnings(warnings => warnings.Throw(
            CoreEventId.FirstWithoutOrderByAndFilterWarning, CoreEventId.RowLimitingOperationWithoutOrderByWarning)));
        LateHub.Add(builder.Services);
        builder.Services.PostConfigure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1_000);
        if (_start.Time is { } time)
        {
            builder.Services.AddSingleton(time);
            builder.Services.AddSingleton(
                portal => new ServerClock(
                    time, portal.GetRequiredService<ReceiptTimes>(), portal.GetRequiredService<IOptionsMonitor<IngestOptions>>())
                {
                    EarliestUtc = Some.Start.AddYears(-1),
                });
        }

        _start.Customise?.Invoke(builder);
    }

    private async Task StopAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Keeps what is logged, level and text.</summary>
    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" ({exception})")}");

        public void Dispose() => _lines.Enqueue("(closed)");
    }
}
