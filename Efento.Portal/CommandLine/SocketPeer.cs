using System.Net.Sockets;
using System.Runtime.InteropServices;
using Efento.Portal.Data;

namespace Efento.Portal.CommandLine;

/// <summary>
/// Asks the kernel who is at the other end of the control socket. Rights on a file or directory are not enough: they may have been too wide
/// for a moment, or on purpose. Available on Linux; elsewhere only the rights on the data directory decide.
/// </summary>
internal static partial class SocketPeer
{
    private const uint Root = 0;
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;
    private const int UserOffset = 4;

    /// <summary>The id of the user whose process is at the other end; null if it is not known.</summary>
    public static uint? UserOf(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // Process, user and group, four bytes each.
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return MemoryMarshal.Read<uint>(credentials[UserOffset..]);
    }

    /// <summary>Whether the connected process may give commands: that of the portal's own user or of root.</summary>
    public static bool MayCommand(Socket socket) => UserOf(socket) is not { } user || user == Root || user == OwnUser();

    /// <summary>
    /// Makes sure that a command, which may contain a password, goes to a portal of this user, of root, or of the data's owner.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">A process of another user listens.</exception>
    public static void EnsureIsPortal(Socket socket, DataDirectory directory)
    {
        if (UserOf(socket) is { } user && user != Root && user != OwnUser() && user != FileStat.Of(directory.Path)?.Owner)
        {
            throw new UnauthorizedAccessException(
                $"What listens at {ControlSocket.PathFor(directory)} belongs to the user with the id {user}, not to the owner of the data directory; nothing was sent to it.");
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint OwnUser();
}
