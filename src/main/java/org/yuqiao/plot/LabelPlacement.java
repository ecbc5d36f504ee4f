package org.yuqiao.plot;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts labels beside their points such that they cover one another little: each takes, in turn, the
 * nearest of the places around its point that is free, or the one where it covers min.
 */
public final class LabelPlacement {
  /** Between a point and its label, in pixels. */
  private static final double GAP = 5;

  private static final int DIRECTIONS = 8;
  private static final int RINGS = 3;

  private final List<Rectangle2D> taken = new ArrayList<>();
  private final Rectangle2D area;

  /** Labels stay inside {@code area}; the dots at {@code points} are kept free. */
  public LabelPlacement(Rectangle2D area, List<Point2D> points) {
    this.area = area;
    for (Point2D point : points) {
      taken.add(new Rectangle2D.Double(point.getX() - 2, point.getY() - 2, 4, 4));
    }
  }

  /** The place of the next label, of the given size, which belongs to {@code point}. */
  public Rectangle2D place(Point2D point, double width, double height) {
    Rectangle2D best = new Rectangle2D.Double();
    double min = Double.POSITIVE_INFINITY;
    for (int ring = 0; ring < RINGS && min > 0; ring++) {
      for (int direction = 0; direction < DIRECTIONS && min > 0; direction++) {
        Rectangle2D candidate = candidate(point, width, height, ring, direction);
        double covered = covered(candidate);
        if (covered < min) {
          min = covered;
          best = candidate;
        }
      }
    }
    taken.add(best);
    return best;
  }

  private static Rectangle2D candidate(
      Point2D point, double width, double height, int ring, int direction) {
    double angle = 2 * Math.PI * direction / DIRECTIONS;
    double distance = GAP + ring * height;
    double x = point.getX() + Math.cos(angle) * (distance + width / 2);
    double y = point.getY() + Math.sin(angle) * (distance + height / 2);
    return new Rectangle2D.Double(x - width / 2, y - height / 2, width, height);
  }

  /** How many square pixels would cover others or lie outside. */
  private double covered(Rectangle2D candidate) {
    Rectangle2D inside = candidate.createIntersection(area);
    double covered = area(candidate) - area(inside);
    for (Rectangle2D other : taken) {
      covered += area(candidate.createIntersection(other));
    }
    return covered;
  }

  private static double area(Rectangle2D rectangle) {
    return rectangle.isEmpty() ? 0 : rectangle.getWidth() * rectangle.getHeight();
  }
}
