namespace ForensicHeads.Datasets.Procedural;

/// <summary>The 68 iBUG points as points of the resting face.</summary>
internal static class LandmarkPoints
{
    public static FacePoint[] Of(FaceShape shape)
    {
        var p = shape.Traits;
        var points = new FacePoint[68];
        void At(int i, float x, float t, int lip = 0) => points[i] = new FacePoint(shape.Angle(x, t), t, lip);
        for (var i = 0; i <= 8; i++)
        {
            // Down the side of the face from the eyes' height, then along the jaw's edge to the chin.
            var point = i < 3 ? new FacePoint(-1.42f + (0.03f * i), 0f - (0.29f * i))
                : new FacePoint(-1.34f * (8 - i) / 5.4f, float.Lerp(-0.8f, -1f, MathF.Min(1, (i - 3) / 3f)));
            points[i] = point;
            points[16 - i] = point with { Theta = -point.Theta };
        }

        for (var i = 0; i < 5; i++)
        {
            var x = -0.45f + (0.0825f * i);
            var t = Brows.Centre(p, MathF.Abs(x)) + (0.3f * p.BrowThickness);
            At(17 + i, x, t);
            At(26 - i, -x, t);
        }

        for (var i = 0; i < 4; i++) At(27 + i, 0, float.Lerp(0f, -p.NoseLength, i / 3f));
        for (var i = 0; i < 5; i++) At(31 + i, (i - 2) * p.NoseWidth * 0.48f,
            -p.NoseLength - (i is 0 or 4 ? 0.05f : i == 2 ? 0.085f : 0.07f));
        for (var side = 0; side < 2; side++)
        {
            var sign = side == 0 ? -1 : 1;
            var centre = sign * p.EyeX;
            // 36 … 41 start at the picture's left corner and go over the upper lid; 42 … 47 likewise.
            var first = 36 + (6 * side);
            At(first, centre - p.EyeWidth, FaceShape.EyeY, 1);
            At(first + 1, centre - (p.EyeWidth / 3), FaceShape.EyeY, 1);
            At(first + 2, centre + (p.EyeWidth / 3), FaceShape.EyeY, 1);
            At(first + 3, centre + p.EyeWidth, FaceShape.EyeY, 1);
            At(first + 4, centre + (p.EyeWidth / 3), FaceShape.EyeY, -1);
            At(first + 5, centre - (p.EyeWidth / 3), FaceShape.EyeY, -1);
        }

        for (var i = 0; i < 7; i++)
        {
            var x = (i - 3) / 3f * p.MouthWidth;
            At(48 + i, x, p.MouthY + Lips.Upper(p, x), 1);
            if (i is > 0 and < 6) At(60 - i, x, p.MouthY - Lips.Lower(p, x), -1);
        }

        for (var i = 0; i < 5; i++)
        {
            var x = (i - 2) * 0.45f * p.MouthWidth;
            At(60 + i, x, p.MouthY, 1);
            if (i is > 0 and < 4) At(68 - i, x, p.MouthY, -1);
        }

        return points;
    }
}
