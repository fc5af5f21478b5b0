namespace ForensicHeads.Media.Decode;

/// <summary>The child process of <see cref="PhotoWorker"/>: photos in on standard input, pictures or reasons out, until the input
/// ends.</summary>
internal static class PhotoProgram
{
    internal static int Main()
    {
        using var requests = new BinaryReader(new BufferedStream(Console.OpenStandardInput(), 1 << 16));
        using var answers = new BinaryWriter(new BufferedStream(Console.OpenStandardOutput(), 1 << 16));
        while (true)
        {
            try
            {
                var container = requests.ReadString();
                Answer(answers, container, requests.ReadBytes(requests.ReadInt32()));
            }
            catch (EndOfStreamException)
            {
                return 0;
            }
        }
    }

    private static void Answer(BinaryWriter answers, string container, byte[] bytes)
    {
        try
        {
            var photo = PhotoDecoding.Decode(bytes, container);
            var image = photo.Image;
            answers.Write(true);
            answers.Write(image.Width);
            answers.Write(image.Height);
            answers.Write(image.Pixels);
            answers.Write(photo.StoredWidth);
            answers.Write(photo.StoredHeight);
            answers.Write((int)photo.Orientation);
            foreach (var lines in new[] { photo.Warnings, photo.Notes })
            {
                answers.Write(lines.Count);
                foreach (var line in lines) answers.Write(line);
            }

            answers.Write(photo.Alpha.Length > 0);
            answers.Write(photo.Alpha);
        }
        catch (MediaRejectedException refusal)
        {
            answers.Write(false);
            answers.Write(refusal.Message);
        }

        answers.Flush();
    }
}
