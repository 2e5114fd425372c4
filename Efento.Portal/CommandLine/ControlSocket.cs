using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Efento.Portal.Data;

namespace Efento.Portal.CommandLine;

/// <summary>
/// Where the running portal and its commands meet: a Unix domain socket of the portal's user alone. A connection is three lines of
/// JSON: the portal's greeting, the request, the reply.
/// </summary>
internal static class ControlSocket
{
    /// <summary>The longest path of a socket is 103 bytes on some systems, 107 on others.</summary>
    private const int MaxPathBytes = 100;

    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyDirectory = OwnerOnlyFile | UnixFileMode.UserExecute;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The socket of a data directory: in it, or where its path would be too long, in a directory of its own for temporary files.</summary>
    public static string PathFor(DataDirectory directory)
    {
        var inside = directory["portal.sock"];
        if (Encoding.UTF8.GetByteCount(inside) <= MaxPathBytes)
        {
            return inside;
        }

        // Not TMPDIR: a service and the shell of who asks it have different ones.
        var temporary = OperatingSystem.IsWindows() ? Path.GetTempPath() : "/tmp";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory.Path)))[..16];
        return Path.Combine(temporary, $"efento-portal-{hash}", "portal.sock");
    }

    /// <summary>Listens for commands; the caller holds the directory's lock, so that a socket file that is there is a dead portal's.</summary>
    /// <exception cref="IOException">The place of the socket can't be used.</exception>
    /// <exception cref="SocketException">The place of the socket can't be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The place of the socket belongs to somebody else.</exception>
    public static Socket Listen(DataDirectory directory)
    {
        var path = PathFor(directory);
        MakePrivate(path, directory);
        File.Delete(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                // Before it listens, nobody can connect.
                File.SetUnixFileMode(path, OwnerOnlyFile);
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

    /// <summary>Takes the socket away when the portal ends.</summary>
    public static void Remove(DataDirectory directory)
    {
        var path = PathFor(directory);
        File.Delete(path);
        if (Path.GetDirectoryName(path) is { } outside && outside != directory.Path)
        {
            Directory.Delete(outside);
        }
    }

    /// <summary>Connects to the running portal; null if none listens. It may still be too busy to answer: wait for its greeting.</summary>
    /// <exception cref="UnauthorizedAccessException">The place of the socket belongs to somebody else.</exception>
    public static async Task<NetworkStream?> ConnectAsync(DataDirectory directory, CancellationToken cancellationToken)
    {
        var path = PathFor(directory);
        if (!File.Exists(path))
        {
            return null;
        }

        MakePrivate(path, directory);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
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
    /// <exception cref="IOException">The other side hung up.</exception>
    /// <exception cref="JsonException">It is no message of this kind.</exception>
    public static async Task<T> ReadAsync<T>(Stream stream, CancellationToken cancellationToken)
        where T : class
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var line = await reader.ReadLineAsync(cancellationToken) ?? throw new IOException("The connection was closed without an answer.");
        return JsonSerializer.Deserialize<T>(line, Json) ?? throw new JsonException("There is nothing in the message.");
    }

    /// <summary>
    /// Makes sure that what lies outside the data directory is this user's alone; anybody could have made it first. Changing the rights of what
    /// somebody else owns fails.
    /// </summary>
    private static void MakePrivate(string socketPath, DataDirectory data)
    {
        var directory = Path.GetDirectoryName(socketPath)!;
        if (directory == data.Path || OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(directory, OwnerOnlyDirectory);
        if (new DirectoryInfo(directory).LinkTarget is not null)
        {
            throw new UnauthorizedAccessException($"{directory} is a link; it should be a directory of the portal.");
        }

        File.SetUnixFileMode(directory, OwnerOnlyDirectory);
    }
}
