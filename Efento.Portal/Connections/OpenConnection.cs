using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Efento.Portal.Access;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Efento.Portal.Connections;

/// <summary>
/// A connection that was accepted. A sender that has ended its side only (FIN) is still answered: the connection counts as closed once it
/// is reset, aborted, or an answer can't be sent. It also knows what it is used for, so that room can be made when there are too many.
/// </summary>
internal sealed class OpenConnection : ConnectionContext
{
    private readonly ConnectionContext _accepted;
    private readonly ConnectionRoom _room;
    private readonly TimeProvider _time;
    private readonly CancellationTokenRegistration _receivingEnded;

    // Not disposed: its callbacks may be under way when the connection is, and it holds no timer.
    private readonly CancellationTokenSource _closed = new();

    private int _requests;
    private long _since;
    private volatile bool _hasAsked;
    private volatile bool _isLetIn;

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

    /// <summary>How much a connection is needed, the least first: what makes room for another.</summary>
    public enum Need
    {
        /// <summary>It has asked for nothing for a while.</summary>
        Silent,

        /// <summary>What it asked for is answered.</summary>
        Idle,

        /// <summary>It has just been opened.</summary>
        New,

        /// <summary>It asks for something, but nobody knows who it is.</summary>
        Stranger,

        /// <summary>Somebody who was let in is being served.</summary>
        LetIn,
    }

    /// <summary>From where; of IPv6 the network, empty if it is no IP connection.</summary>
    public string Sender { get; }

    /// <summary>The address it comes from; null if it is no IP connection.</summary>
    public IPAddress? Address { get; }

    /// <summary>Whether who sent the present request is known and may.</summary>
    public bool IsLetIn => _isLetIn;

    /// <summary>When its present state began, as a timestamp.</summary>
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

    /// <summary>How much it is needed now.</summary>
    /// <param name="patience">After this time without a request it counts as silent.</param>
    public Need NeedOf(TimeSpan patience)
    {
        if (Volatile.Read(ref _requests) > 0)
        {
            return _isLetIn ? Need.LetIn : Need.Stranger;
        }

        return _hasAsked ? Need.Idle : _time.GetElapsedTime(Since) >= patience ? Need.Silent : Need.New;
    }

    /// <summary>A request begins.</summary>
    public void Begin()
    {
        _hasAsked = true;
        if (Interlocked.Increment(ref _requests) == 1)
        {
            Volatile.Write(ref _since, _time.GetTimestamp());
        }
    }

    /// <summary>Who sent the request is known and may: the connection is kept until it is answered.</summary>
    public void LetIn() => _isLetIn = true;

    /// <summary>A request has ended.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _requests) == 0)
        {
            _isLetIn = false;
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

    // Kestrel may hold a lock here that what follows takes, too.
    private void Close() => _ = _closed.CancelAsync();

    private sealed record Both(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
