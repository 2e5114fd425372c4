using System.IO.Pipelines;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.ReadApi;

namespace Efento.Portal.History;

/// <summary>
/// Sends all readings of a range in one answer. Each portion is read and closed before it is sent, so a caller that reads slowly keeps no
/// transaction open, and no more than a portion is held for it. It is an <see cref="IResult"/>: what the answer holds is known only while
/// it is sent.
/// </summary>
internal sealed class ReadingsDownload(ReadingsQuery query, SiteScope scope, ReadingPage page, IReadingsForm form) : IResult
{
    // Room for what portions usually hold, so that the list is made once.
    private const int UsualReadings = 1_536;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var written = form;
        var response = httpContext.Response;
        response.ContentType = form.ContentType;
        response.Headers.Vary = "Accept, Accept-Encoding";
        if (ContentCoding.Of(httpContext.Request) is not { } coding)
        {
            await SendAsync(httpContext, form, response.BodyWriter);
            return;
        }

        response.Headers.ContentEncoding = coding;
        await using var compressing = ContentCoding.Compress(coding, response.Body);
        var target = PipeWriter.Create(compressing, new StreamPipeWriterOptions(leaveOpen: true));
        await SendAsync(httpContext, form, target);
        await target.CompleteAsync();
    }

    private async Task SendAsync(HttpContext context, IReadingsForm form, PipeWriter target)
    {
        List<SeriesReading> readings = new(UsualReadings);
        form.Begin(target);
        for (ReadingPage? rest = page; rest is { } next;)
        {
            readings.Clear();
            rest = query.ReadPortion(scope, next, readings);
            if (!scope.SeesLogger(next.LoggerId))
            {
                // The logger was moved away meanwhile. An answer with an end would look complete.
                context.Abort();
                return;
            }

            form.Write(target, readings);
            if (!await FlushAsync(context, target))
            {
                return;
            }
        }

        form.End(target);
        await FlushAsync(context, target);
    }

    /// <summary>Sends what was written, as fast as the caller reads. False if the caller has gone, which is no fault.</summary>
    private static async Task<bool> FlushAsync(HttpContext context, PipeWriter target) =>
        !(await target.FlushAsync(CancellationToken.None)).IsCompleted && !context.RequestAborted.IsCancellationRequested;
}
