namespace ForensicHeads.Faces.Training;

/// <summary>Pictures without a face, most of them made from frames with one, so that colours and grain give nothing away.</summary>
internal static class NonFaces
{
    private const int Kinds = 7;

    /// <summary>Makes one of a random kind, of the frame's size.</summary>
    public static RgbImage Make(Shot frame, SeededRandom random) => random.NextInt(Kinds) switch
    {
        0 => Ramp(frame.Image.Width, random),
        1 => Corner(frame.Image, random),
        2 => Shuffled(frame.Image, random),
        3 => PhotoJitter.Blur(frame.Image, random.Uniform(7, 12) * frame.Image.Width / 64),
        4 => Drowned(frame.Image, random),
        5 => Faceless(frame),
        _ => PhotoJitter.Blur(Corner(frame.Image, random), 1.5),
    };

    // From one colour to another, now and then the same.
    private static RgbImage Ramp(int size, SeededRandom random)
    {
        var image = new RgbImage(size, size);
        var (angle, isFlat) = (random.Uniform(0, 2 * Math.PI), random.Chance(0.5));
        Span<double> from = stackalloc double[3];
        Span<double> to = stackalloc double[3];
        for (var c = 0; c < 3; c++)
        {
            from[c] = random.Uniform(0, 255);
            to[c] = isFlat ? from[c] : random.Uniform(0, 255);
        }

        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var share =
                    Math.Clamp(0.5 + ((((x * Math.Cos(angle)) + (y * Math.Sin(angle))) / size) - ((Math.Cos(angle) + Math.Sin(angle)) / 2)),
                    0, 1);
                for (var c = 0; c < 3; c++) image[x, y][c] = (byte)(from[c] + (share * (to[c] - from[c])));
            }
        }

        return image;
    }

    // A quarter of the side from one of the corners, enlarged.
    private static RgbImage Corner(RgbImage image, SeededRandom random)
    {
        var side = image.Width / 4;
        var (left, top) = (random.Chance(0.5) ? 0 : image.Width - side, random.Chance(0.5) ? 0 : image.Height - side);
        var part = new RgbImage(side, side);
        for (var y = 0; y < side; y++) image.Pixels.AsSpan(3 * (((top + y) * image.Width) + left), 3 * side)
            .CopyTo(part.Pixels.AsSpan(3 * y * side));
        return ImageResize.Area(part, image.Width, image.Height);
    }

    private static RgbImage Shuffled(RgbImage image, SeededRandom random)
    {
        const int Across = 8;
        var (side, order, result) = (image.Width / Across, random.Permutation(Across * Across), image.Clone());
        for (var tile = 0; tile < order.Length; tile++)
        {
            var (toX, toY, fromX, fromY) =
                (tile % Across * side, tile / Across * side, order[tile] % Across * side, order[tile] / Across * side);
            for (var y = 0; y < side; y++)
            {
                image.Pixels.AsSpan(3 * (((fromY + y) * image.Width) + fromX), 3 * side)
                    .CopyTo(result.Pixels.AsSpan(3 * (((toY + y) * image.Width) + toX)));
            }
        }

        return result;
    }

    // Little of the frame is left under noise.
    private static RgbImage Drowned(RgbImage image, SeededRandom random)
    {
        var share = random.Uniform(0, 0.1);
        return new RgbImage(image.Width, image.Height,
            Array.ConvertAll(image.Pixels, pixel => (byte)Math.Clamp((share * pixel) + ((1 - share) * random.Gaussian(128, 60)), 0, 255)));
    }

    // The face painted over with the colour of its middle.
    private static RgbImage Faceless(Shot frame)
    {
        var result = frame.Image.Clone();
        var hull =
            ConvexHull.Of(Enumerable.Range(0, Landmarks68.Count).Select(i => ((double)frame.Landmarks[i].X, (double)frame.Landmarks[i].Y)));
        var inside = hull.Inside(result.Width, result.Height);
        Span<long> sum = [0, 0, 0];
        var count = 0;
        for (var i = 0; i < inside.Length; i++)
        {
            if (!inside[i]) continue;
            count++;
            for (var c = 0; c < 3; c++) sum[c] += result.Pixels[(3 * i) + c];
        }

        for (var i = 0; i < inside.Length; i++)
        {
            if (!inside[i]) continue;
            for (var c = 0; c < 3; c++) result.Pixels[(3 * i) + c] = (byte)(sum[c] / count);
        }

        return result;
    }
}
