using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ForensicHeads.Media.Decode;

/// <summary>Decodes photos in a child process, so that a decoder that crashes, hangs or grows takes no more than its own file with it.
/// Thread-safe; one photo at a time.</summary>
/// <remarks>The process is started at the first photo, and again after one that ended it. It gets the bytes that were hashed, opens no
/// file, and ends with this process.</remarks>
internal sealed class PhotoWorker : IDisposable
{
    private const int MostLines = 100;
    private readonly Lock turn = new();
    private Process? process;

    /// <summary>The child process, or null where none runs.</summary>
    internal int? ProcessId => process?.Id;

    /// <summary>Decodes one photo to 8-bit RGB.</summary>
    /// <param name="container">Its container, by its first bytes.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="limits">Pixels, memory (that of the first call) and time.</param>
    /// <exception cref="MediaRejectedException">It cannot be decoded, or not within the limits.</exception>
    internal DecodedPhoto Decode(string container, byte[] bytes, MediaLimits limits)
    {
        lock (turn)
        {
            var child = process ??= Start(limits);
            var stopped = false;
            using var timer = new Timer(_ => { stopped = true; Kill(child); }, null, limits.StallLimit, Timeout.InfiniteTimeSpan);
            try
            {
                return Ask(child, container, bytes, limits);
            }
            catch (IOException error)
            {
                Drop();
                throw new MediaRejectedException(
                    stopped ? string.Create(CultureInfo.InvariantCulture,
                        $"decoding took more than {limits.StallLimit.TotalSeconds} s and was stopped (StallLimit)")
                        : $"the {container} decoder failed on it, or wanted more memory than allowed (MaxMemory)",
                    error);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (turn) Drop();
    }

    private static DecodedPhoto Ask(Process child, string container, byte[] bytes, MediaLimits limits)
    {
        using var request = new BinaryWriter(child.StandardInput.BaseStream, System.Text.Encoding.UTF8, leaveOpen: true);
        request.Write(container);
        request.Write(bytes.Length);
        request.Write(bytes);
        request.Flush();
        using var answer = new BinaryReader(child.StandardOutput.BaseStream, System.Text.Encoding.UTF8, leaveOpen: true);
        if (!answer.ReadBoolean()) throw new MediaRejectedException(answer.ReadString());
        var (width, height) = (answer.ReadInt32(), answer.ReadInt32());
        // The child speaks for a hostile file.
        if (width < 1 || height < 1 || (long)width * height > limits.MaxPixels)
            throw new IOException($"a picture of {width}×{height} pixels");
        var image = new RgbImage(width, height);
        child.StandardOutput.BaseStream.ReadExactly(image.Pixels);
        var (storedWidth, storedHeight, orientation) = (answer.ReadInt32(), answer.ReadInt32(), Orientations.OfExif(answer.ReadInt32()));
        var (warnings, notes) = (Lines(), Lines());
        var alpha = answer.ReadBoolean() ? new byte[width * height] : [];
        child.StandardOutput.BaseStream.ReadExactly(alpha);
        return new DecodedPhoto(image, storedWidth, storedHeight, orientation, warnings, notes) { Alpha = alpha };

        string[] Lines()
        {
            var count = answer.ReadInt32();
            return count is >= 0 and <= MostLines ? [.. Enumerable.Range(0, count).Select(_ => answer.ReadString())]
                : throw new IOException($"{count} lines");
        }
    }

    // This room's own assembly is the program; the configuration is that of the program that runs now, which knows where the native
    // libraries lie.
    private static Process Start(MediaLimits limits)
    {
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var start = new ProcessStartInfo(File.Exists(host) ? host : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false
        };
        if ((AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(';')[0] is { Length: > 0 } libraries
            && Path.ChangeExtension(Path.ChangeExtension(libraries, null), "runtimeconfig.json") is var configuration
            && File.Exists(configuration))
        {
            foreach (var word in new[] { "exec", "--runtimeconfig", configuration, "--depsfile", libraries }) start.ArgumentList.Add(word);
        }

        start.ArgumentList.Add(typeof(PhotoWorker).Assembly.Location);
        try
        {
            var child = Process.Start(start) ?? throw new InvalidOperationException("The photo decoder did not start.");
            MemoryLimit.Set(child, limits.MaxMemory);
            // Libraries chatter there; a full pipe would stop them.
            child.ErrorDataReceived += (_, _) => { };
            child.BeginErrorReadLine();
            return child;
        }
        catch (Win32Exception error)
        {
            throw new UserErrorException(
                $"The photo decoder cannot be started by {start.FileName}: {error.Message}. Install the .NET runtime there, or put "
                + "'dotnet' on the path.", inner: error);
        }
    }

    private static void Kill(Process child)
    {
        try
        {
            child.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended in between.
        }
    }

    private void Drop()
    {
        if (process is null) return;
        Kill(process);
        process.WaitForExit();
        process.Dispose();
        process = null;
    }
}
