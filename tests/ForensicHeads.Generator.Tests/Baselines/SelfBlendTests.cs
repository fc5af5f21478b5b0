namespace ForensicHeads.Generator.Tests.Baselines;

public class SelfBlendTests
{
    private const int Size = 64;
    private static readonly Shot Shot = new(Noise(), Face());

    [Fact]
    public void Outside_the_mask_the_picture_is_its_own_and_inside_it_is_not()
    {
        for (var draw = 0; draw < 20; draw++)
        {
            var made = Blend(new SelfBlendOptions(), draw, out var mask);
            var (outside, inside) = (new List<int>(), new List<int>());
            for (var y = 0; y < Size; y++)
            {
                for (var x = 0; x < Size; x++) (mask[x, y] == 0 ? outside : inside).Add(Math.Abs(made[x, y][1] - Shot.Image[x, y][1]));
            }

            Assert.All(outside, difference => Assert.Equal(0, difference));
            // The corners are never face; the middle always is.
            Assert.True(outside.Count > Size * Size / 4 && inside.Count > Size * Size / 20,
                $"{outside.Count} outside, {inside.Count} inside");
            Assert.True(inside.Average() > 1, $"draw {draw}: {inside.Average()} grey levels");
            Assert.True(mask[Size / 2, Size / 2] > 0);
        }
    }

    [Fact]
    public void The_mask_fades_at_its_edge_up_to_one_of_the_blend_ratios()
    {
        var tops = new HashSet<float>();
        for (var draw = 0; draw < 60; draw++)
        {
            Blend(new SelfBlendOptions(), draw, out var mask);
            var top = mask.Values.Max();
            tops.Add(MathF.Round(top, 2));
            Assert.Contains(mask.Values, value => value > 0.1f * top && value < 0.9f * top);
        }

        Assert.Equal([0.25f, 0.5f, 0.75f, 1], tops.Order());
    }

    [Fact]
    public void Masks_differ_in_shape_and_the_face_moves_by_no_more_than_it_may()
    {
        double Centre(int draw, SelfBlendOptions options)
        {
            Blend(options, draw, out var mask);
            var weight = mask.Values.Sum();
            return Enumerable.Range(0, Size).Sum(x => x * (double)Enumerable.Range(0, Size).Sum(y => mask[x, y])) / weight;
        }

        var still = new SelfBlendOptions { MoveX = 0, Scale = 1, Elasticity = 0, ForeheadShare = 0 };
        var straight = Enumerable.Range(0, 20).Select(draw => Centre(draw, still)).ToArray();
        var moved = Enumerable.Range(0, 20).Select(draw => Centre(draw, still with { MoveX = 0.1 })).ToArray();
        // Unmoved masks differ by their softness alone, less than a pixel; a tenth of the width is 6.4 pixels.
        Assert.InRange(straight.Max() - straight.Min(), 0, 1);
        Assert.InRange(moved.Max() - moved.Min(), 3, 13.8);
        Blend(still, 3, out var plain);
        Blend(still with { Elasticity = 500 }, 3, out var deformed);
        Assert.True(plain.Values.Zip(deformed.Values).Max(pair => Math.Abs(pair.First - pair.Second)) > 0.1);
    }

    [Fact]
    public void With_nothing_blended_in_the_picture_stays_as_it_is()
    {
        Assert.Equal(Shot.Image.Pixels, Blend(new SelfBlendOptions { BlendRatios = [0] }, 1, out _).Pixels);
        // And with the frame transformed in place of the face it does not.
        Assert.NotEqual(Shot.Image.Pixels, Blend(new SelfBlendOptions { BlendRatios = [0], TargetShare = 1 }, 1, out _).Pixels);
    }

    [Fact]
    public void A_point_and_a_picture_move_alike()
    {
        var motion = new FaceMotion(1.2, 0.9, 0.1, -0.05);
        var dot = FloatPlane.Of(41, 41, (x, y) => x == 30 && y == 8 ? 1 : 0);
        var (x, y) = motion.Apply((30, 8), 41);
        var moved = motion.Apply(dot);
        var brightest = Enumerable.Range(0, 41 * 41).MaxBy(i => moved.Values[i]);
        Assert.Equal(((int)Math.Round(x), (int)Math.Round(y)), (brightest % 41, brightest / 41));
    }

    [Theory]
    [InlineData(5, 1.1)]
    [InlineData(11, 40)]
    public void A_blur_is_the_windowed_sum_over_both_axes(int size, double sigma)
    {
        var random = new SeededRandom(1, "plane");
        var plane = FloatPlane.Of(9, 7, (_, _) => (float)random.NextDouble());
        var blurred = plane.Blur(size, sigma);
        for (var y = 0; y < 7; y++)
        {
            for (var x = 0; x < 9; x++)
            {
                double sum = 0, weights = 0;
                for (var dy = -(size / 2); dy <= size / 2; dy++)
                {
                    for (var dx = -(size / 2); dx <= size / 2; dx++)
                    {
                        var weight = Math.Exp(-((dx * dx) + (dy * dy)) / (2 * sigma * sigma));
                        weights += weight;
                        // A line of n pixels comes again every 2(n − 1): … 2 1 0 1 2 …
                        var (column, row) = (Math.Abs(((x + dx + 160) % 16) - 8), Math.Abs(((y + dy + 120) % 12) - 6));
                        sum += weight * plane[8 - column, 6 - row];
                    }
                }

                Assert.Equal(sum / weights, blurred[x, y], 1e-5);
            }
        }
    }

    [Fact]
    public void A_head_blends_the_nearest_shot_and_the_same_driver_always_gets_the_same_blend()
    {
        Shot[] shots = [new Shot(new RgbImage(Size, Size), Face(9)), Shot];
        var together = TinyScene.Make("self-blend", shots, [Face(1), Face(2)]);
        Assert.Equal(together[1].Pixels, TinyScene.Make("self-blend", shots, [Face(2)])[0].Pixels);
        Assert.NotEqual(together[0].Pixels, together[1].Pixels);
        Assert.NotEqual(together[0].Pixels, TinyScene.Make("self-blend", shots, [Face(1)], seed: 2)[0].Pixels);
        Assert.InRange(TinyScene.Difference(together[0], shots[1].Image), 0.05, 15);
    }

    [Fact]
    public void Every_generator_has_its_name_and_an_unknown_one_is_refused_with_those_there_are()
    {
        Assert.All(Generators.All.Names, name => Assert.Equal(name, Generators.All.ByName(name).Name));
        Assert.Equal("self-blend", Generators.All.ByName("self-blended").Name);
        var error = Assert.Throws<UserErrorException>(() => Generators.All.ByName("magic"));
        Assert.Contains("'magic'", error.Message, StringComparison.Ordinal);
        Assert.Contains("self-blend", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_auto_encoder_face_is_the_warped_shot_through_the_network()
    {
        using var autoEncoder = new FrameAutoEncoder(TinyScene.Preset, 1);
        var shots = TinyScene.Shots(0, 3);
        var driver = TinyScene.Face(1).Transform(1, 0.5f, 0);
        Assert.Equal(autoEncoder.Reconstruct([AffineWarp.Warp(shots[1], driver)])[0].Pixels,
            TinyScene.Make("auto-encoder", shots, [driver], new GeneratorTools { AutoEncoder = autoEncoder })[0].Pixels);
    }

    private static RgbImage Blend(SelfBlendOptions options, int draw, out FloatPlane mask) =>
        SelfBlend.Of(Shot, options, new SeededRandom(7, $"blend/{draw}"), out mask);

    private static RgbImage Noise()
    {
        var random = new SeededRandom(1, "noise");
        var image = new RgbImage(Size, Size);
        foreach (ref var value in image.Pixels.AsSpan()) value = (byte)(60 + random.NextInt(120));
        return image;
    }

    // An upright face in the middle of the frame: the jaw an arc, the brows a line, the rest between.
    private static Landmarks68 Face(float shift = 0) => new([.. Enumerable.Range(0, 68).SelectMany(i =>
    {
        var (x, y) = i <= 16 ? (32 - (16 * Math.Cos(Math.PI * i / 16)), 30 + (20 * Math.Sin(Math.PI * i / 16)))
            : i <= 26 ? (20 + (24.0 * (i - 17) / 9), 24)
            : (26 + (12 * Math.Abs(Math.Sin(i))), 28 + (14 * Math.Abs(Math.Cos(i))));
        return new[] { (float)x + shift, (float)y };
    })]);
}
