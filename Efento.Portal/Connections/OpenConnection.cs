using System.IO.Pipelines;
using System.Net;
using Efento.Portal.Access;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Efento.Portal.Connections;

/// <summary>
/// An accepted connection. A sender that has only ended its own side (FIN) still gets its answer. The connection counts as closed when it
/// is reset or aborted, or when an answer can't be sent. It also knows how much it is needed, which decides what is closed if there are too
/// many.
/// </summary>
internal sealed class OpenConnection : ConnectionContext
{
    private readonly ConnectionContext _accepted;
    private readonly ConnectionRoom _room;
    private readonly TimeProvider _time;
    private readonly CancellationTokenRegistration _receivingEnded;

    // Not disposed: its callbacks may still run when the connection is disposed, and it holds no timer.
    private readonly CancellationTokenSource _closed = new();

    private int _requests;
    private long _since;
    private volatile bool _hasAsked;
    private volatile bool _isAdmitted;

    public OpenConnection(ConnectionContext accepted, ConnectionRoom room, TimeProvider time)
    {
        (_accepted, _room, _time) = (accepted, room, time);
        _since = time.GetTimestamp();
        Sender = accepted.RemoteEndPoint is IPEndPoint remote ? RefusalCounter.SenderOf(remote.Address) : "";
        Address = (accepted.RemoteEndPoint as IPEndPoint)?.Address;
        Transport = new Both(new HalfOpenInput(accepted.Transport.Input), new WatchedOutput(accepted.Transport.Output, Close));
        ConnectionClosed = _closed.Token;
        Features.Set(this);
        _receivingEnded = accepted.ConnectionClosed.UnsafeRegister(state => ((OpenConnection)state!).OnReceivingEnded(), this);
    }

    /// <summary>How much a connection is needed, in ascending order. The least needed one is closed first.</summary>
    public enum Need
    {
        /// <summary>It has sent no request for a while.</summary>
        Silent,

        /// <summary>Its request is answered.</summary>
        Idle,

        /// <summary>It has just been opened.</summary>
        New,

        /// <summary>It has an open request of an unknown sender.</summary>
        Stranger,

        /// <summary>It has an open request of an authenticated sender.</summary>
        Admitted,
    }

    /// <summary>The sender's address, for IPv6 its network; empty if it is not an IP connection.</summary>
    public string Sender { get; }

    /// <summary>The remote address; null if it is not an IP connection.</summary>
    public IPAddress? Address { get; }

    /// <summary>Whether the sender of the present request is authenticated and allowed.</summary>
    public bool IsAdmitted => _isAdmitted;

    /// <summary>The timestamp at which its present state began.</summary>
    public long Since => Volatile.Read(ref _since);

    /// <inheritdoc/>
    public override string ConnectionId
    {
        get => _accepted.ConnectionId;
        set => _accepted.ConnectionId = value;
    }

    /// <inheritdoc/>
    public override IFeatureCollection Features => _accepted.Features;

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items
    {
        get => _accepted.Items;
        set => _accepted.Items = value;
    }

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public override EndPoint? LocalEndPoint
    {
        get => _accepted.LocalEndPoint;
        set => _accepted.LocalEndPoint = value;
    }

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint
    {
        get => _accepted.RemoteEndPoint;
        set => _accepted.RemoteEndPoint = value;
    }

    /// <summary>The present need.</summary>
    /// <param name="patience">The time without a request after which it counts as silent.</param>
    public Need NeedOf(TimeSpan patience)
    {
        if (Volatile.Read(ref _requests) > 0)
        {
            return _isAdmitted ? Need.Admitted : Need.Stranger;
        }

        return _hasAsked ? Need.Idle : _time.GetElapsedTime(Since) >= patience ? Need.Silent : Need.New;
    }

    /// <summary>Notes the begin of a request.</summary>
    public void Begin()
    {
        _hasAsked = true;
        if (Interlocked.Increment(ref _requests) == 1)
        {
            Volatile.Write(ref _since, _time.GetTimestamp());
        }
    }

    /// <summary>Notes that the sender is authenticated and allowed. The connection is then kept until the request is answered.</summary>
    public void Admit() => _isAdmitted = true;

    /// <summary>Notes the end of a request.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _requests) == 0)
        {
            _isAdmitted = false;
            Volatile.Write(ref _since, _time.GetTimestamp());
        }
    }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        Close();
        _accepted.Abort(abortReason);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _receivingEnded.DisposeAsync();
        await _accepted.DisposeAsync();
        await base.DisposeAsync();
        _room.Leave(this);
    }

    private void OnReceivingEnded()
    {
        // After a FIN the socket is still connected; after a reset or an abort it is not.
        if (Features.Get<IConnectionSocketFeature>()?.Socket is not { Connected: true })
        {
            Close();
        }
    }

    // Kestrel may hold a lock here that the callbacks need too.
    private void Close() => _ = _closed.CancelAsync();

    private sealed record Both(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
