using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Efento.Portal.Tests.History;

/// <summary>What a download holds in memory, and when it ends.</summary>
public sealed class ReadingsDownloadTests
{
    private readonly EndlessReadings _store = new();
    private readonly SlowBody _body = new();
    private readonly DefaultHttpContext _context = new();

    public ReadingsDownloadTests() => _context.Features.Set<IHttpResponseBodyFeature>(_body);

    [Fact]
    public async Task Execute_NobodyReads_ReadsNoMoreThanOnePortion()
    {
        var sending = SendAsync();

        Assert.False(sending.IsCompleted);
        Assert.Equal(1, _store.Reads);
        await EndAsync(sending);
    }

    [Fact]
    public async Task Execute_OnePortionIsTaken_ReadsTheNextIntoTheSameRoom()
    {
        var sending = SendAsync();

        for (var taken = 1; taken <= 5; taken++)
        {
            Assert.Equal(taken, _store.Reads);
            var read = await _body.Client.ReadAsync(TestContext.Current.CancellationToken);
            _body.Client.AdvanceTo(read.Buffer.End);
        }

        Assert.Equal((0, EndlessReadings.OfPortion), (_store.MostBefore, _store.MostAfter));
        await EndAsync(sending);
    }

    [Fact]
    public async Task Execute_TheCallerHasGone_ReadsNothingMore()
    {
        var sending = SendAsync();

        await _body.Client.CompleteAsync();
        await sending;

        Assert.Equal(1, _store.Reads);
    }

    private Task SendAsync()
    {
        var series = new SeriesDirectory();
        series.Add(_store.Series);
        var query = new ReadingsQuery(series, null!, _store);
        var page = new ReadingPage(_store.Series.LoggerId, null, long.MinValue, long.MaxValue, null, int.MaxValue);
        return new ReadingsDownload(query, SiteScope.Everything, page, new CsvReadings(new ReceiptTimes())).ExecuteAsync(_context);
    }

    private async Task EndAsync(Task sending)
    {
        await _body.Client.CompleteAsync();
        await sending;
    }

    /// <summary>A logger with readings without end.</summary>
    private sealed class EndlessReadings : IReadingPortions
    {
        public const int OfPortion = 50;

        public SeriesEntry Series { get; } = new(1, 1, 1, MeasurementTypes.Get("temperature"));

        public int Reads { get; private set; }

        public int MostBefore { get; private set; }

        public int MostAfter { get; private set; }

        public long? Read(int loggerId, IReadOnlyList<SeriesEntry> series, long fromMs, long toMs, List<SeriesReading> into)
        {
            Reads++;
            MostBefore = Math.Max(MostBefore, into.Count);
            var beginMs = Math.Max(0, fromMs);
            for (var i = 0; i < OfPortion; i++)
            {
                into.Add(new SeriesReading(1, Series.Type, new Reading(beginMs + i, i, ReadingStatus.Valid, ReadingFlags.None, 1)));
            }

            MostAfter = Math.Max(MostAfter, into.Count);
            return beginMs + OfPortion;
        }
    }

    /// <summary>A body that takes no more than has been read of it.</summary>
    private sealed class SlowBody : IHttpResponseBodyFeature
    {
        private readonly Pipe _pipe = new(new PipeOptions(
            pauseWriterThreshold: 1, resumeWriterThreshold: 1, readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline,
            useSynchronizationContext: false));

        public PipeReader Client => _pipe.Reader;

        public Stream Stream => _pipe.Writer.AsStream();

        public PipeWriter Writer => _pipe.Writer;

        public Task CompleteAsync() => Task.CompletedTask;

        public void DisableBuffering()
        {
        }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
