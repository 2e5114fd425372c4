using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Efento.Portal.Data;

namespace Efento.Portal.CommandLine;

/// <summary>
/// The connection between the running portal and its commands: a Unix domain socket that only the portal's user can open. A connection is
/// three lines of JSON: the portal's greeting, the request, the reply.
/// </summary>
internal static class ControlSocket
{
    /// <summary>The longest path of a socket is 103 bytes on some systems and 107 on others.</summary>
    private const int MaxPathBytes = 100;

    private const string Name = "portal.sock";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The socket of a data directory.</summary>
    public static string PathFor(DataDirectory directory) => directory[Name];

    /// <summary>
    /// Listens for commands. The caller holds the directory's lock, so an existing socket file belongs to a portal that has ended.
    /// </summary>
    /// <exception cref="IOException">The socket's path can't be used.</exception>
    /// <exception cref="SocketException">The socket's path can't be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The socket's path can't be used.</exception>
    /// <exception cref="ArgumentException">Its path is too long.</exception>
    public static Socket Listen(DataDirectory directory)
    {
        var path = ShortPath(directory, directory.Held);
        File.Delete(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                // The rights are set before it listens, so that nobody can connect earlier.
                File.SetUnixFileMode(path, OwnerOnly.FileMode);
            }

            socket.Listen();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Deletes the socket when the portal ends.</summary>
    public static void Remove(DataDirectory directory)
    {
        // The directory may have been removed.
        if (Directory.Exists(directory.Path))
        {
            File.Delete(PathFor(directory));
        }
    }

    /// <summary>
    /// Connects to the running portal; null if none listens. The portal may be too busy to answer, so wait for its greeting.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The listening process does not belong to the portal's user.</exception>
    public static async Task<NetworkStream?> ConnectAsync(DataDirectory directory, CancellationToken cancellationToken)
    {
        if (!File.Exists(PathFor(directory)))
        {
            return null;
        }

        using var handle = DirectoryHandle.Open(directory.Path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(ShortPath(directory, handle)), cancellationToken);
            SocketPeer.EnsureIsPortal(socket, directory);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionRefused or SocketError.AddressNotAvailable)
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Writes one line.</summary>
    public static async Task WriteAsync<T>(Stream stream, T message, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message, Json) + "\n"), cancellationToken);

    /// <summary>Reads one line.</summary>
    /// <exception cref="IOException">The other side closed the connection.</exception>
    /// <exception cref="JsonException">The line is not a message of this kind.</exception>
    public static async Task<T> ReadAsync<T>(Stream stream, CancellationToken cancellationToken)
        where T : class
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var line = await reader.ReadLineAsync(cancellationToken) ?? throw new IOException("The connection was closed without an answer.");
        return JsonSerializer.Deserialize<T>(line, Json) ?? throw new JsonException("There is nothing in the message.");
    }

    /// <summary>A path that is short enough for a socket, even if the path of its directory is long.</summary>
    private static string ShortPath(DataDirectory directory, DirectoryHandle? handle)
    {
        var path = PathFor(directory);
        return handle is null || Encoding.UTF8.GetByteCount(path) <= MaxPathBytes ? path : $"{handle.ShortPath}/{Name}";
    }
}
