using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ForensicHeads.Foundation.Files;

/// <summary>Removes what processes that were killed left behind under <see cref="AtomicFile.TemporaryName"/>; never what a running process
/// writes.</summary>
public static partial class Leftovers
{
    /// <summary>Looks through a folder and everything below it; links are not followed.</summary>
    public static void RemoveIn(string folder)
    {
        if (!Directory.Exists(folder)) return;
        var walk = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = true
        };
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder, "*.tmp-*", walk).Order(StringComparer.Ordinal)
            .ToArray()) Remove(entry);
    }

    /// <summary>Looks for what was to become <paramref name="path"/>, beside it.</summary>
    public static void RemoveBeside(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } folder || !Directory.Exists(folder)) return;
        var begin = Path.GetFileName(full) + ".tmp-";
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder)
            .Where(entry => Path.GetFileName(entry).StartsWith(begin, StringComparison.Ordinal)).ToArray()) Remove(entry);
    }

    /// <summary>Whether a name is one of those under which something is written.</summary>
    public static bool IsOne(string name) => TemporaryName().IsMatch(name);

    private static void Remove(string entry)
    {
        try
        {
            var name = TemporaryName().Match(Path.GetFileName(entry));
            if (!name.Success || IsWriting(int.Parse(name.Groups[1].ValueSpan, CultureInfo.InvariantCulture), entry)) return;
            OwnFiles.Delete(Path.GetDirectoryName(entry)!, Path.GetFileName(entry));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A nuisance, not an error: its name says what it is.
        }
    }

    // Process numbers come round again, in containers at once: what is older than the process is not its own.
    private static bool IsWriting(int number, string entry)
    {
        try
        {
            using var process = Process.GetProcessById(number);
            return !process.HasExited && process.StartTime.ToUniversalTime() <= File.GetLastWriteTimeUtc(entry).AddSeconds(1);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\.tmp-([0-9]{1,9})-[0-9a-f]{32}")]
    private static partial Regex TemporaryName();
}
